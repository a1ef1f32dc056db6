import katexPlugin from '@vscode/markdown-it-katex';
import katex from 'katex';
import MarkdownIt from 'markdown-it';
import { h } from '../dom.js';
import { plainMath } from './plain_math.js';
import { badge } from '../verdicts.js';

const katexOptions = { throwOnError: false, strict: 'ignore', maxExpand: 1000, maxSize: 50 };
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
markdown.use(katexPlugin.default ?? katexPlugin, { ...katexOptions, katex });
markdown.validateLink = () => false; // nothing leads out of the page: a link of a note stands as its text

const ours = new Set(['claim', 'rates']);
const plainFence = markdown.renderer.rules.fence;

/** A claim block becomes a place for a link to the claim; `claimFor` finds the claim whose block it is. */
markdown.renderer.rules.fence = (tokens, i, options, env, self) => {
  const token = tokens[i];
  if (!ours.has(token.info.trim()))
    return `<div class="scroll" tabindex="0" role="region" aria-label="Text of a block">${plainFence(tokens, i, options, env, self)}</div>`;
  const id = /^\s*id\s*=\s*"([^"]+)"/m.exec(token.content)?.[1] ?? '';
  return `<div data-claim="${markdown.utils.escapeHtml(id)}"></div>`;
};
markdown.renderer.rules.code_block = (tokens, i) => {
  const text = tokens[i].content.replace(/\n$/, '');
  return (
    plainFormula(text) ??
    `<pre class="display" tabindex="0" role="region" aria-label="Formula">${markdown.utils.escapeHtml(text)}</pre>`
  );
};

/** A formula that the note writes as plain text, set; null where it is none that KaTeX can set. */
function plainFormula(text) {
  const latex = plainMath(text);
  if (latex === null) return null;
  try {
    return `<div class="plain-formula" tabindex="0" role="region" aria-label="Formula">${katex.renderToString(latex, { ...katexOptions, throwOnError: true })}</div>`;
  } catch {
    return null;
  }
}

for (const rule of ['table_open', 'table_close']) {
  markdown.renderer.rules[rule] = (tokens, i, options, env, self) =>
    rule === 'table_open'
      ? `<div class="scroll" tabindex="0" role="region" aria-label="Table of the note">${self.renderToken(tokens, i, options)}`
      : `${self.renderToken(tokens, i, options)}</div>`;
}

/** A formula in LaTeX, set as a display; what KaTeX cannot read stands as its text. */
export function displayFormula(latex) {
  const box = h('div', { class: 'formula', tabindex: 0, role: 'region', 'aria-label': 'Formula of the claim' });
  katex.render(latex, box, { ...katexOptions, displayMode: true });
  return box;
}

/** A whole note, typeset; its claim blocks are cards that link to the claims, the one at hand is marked. */
export function typesetNote(note, report, current) {
  const article = h('article', { class: 'note' });
  article.innerHTML = markdown.render(note.markdown ?? '');
  for (const heading of article.querySelectorAll('h1, h2, h3, h4')) {
    const level = Math.min(6, Number(heading.tagName[1]) + 2);
    const lower = h(`h${level}`, { class: `note-${heading.tagName.toLowerCase()}` });
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  }
  for (const wide of article.querySelectorAll('.katex-display')) {
    wide.tabIndex = 0;
    wide.setAttribute('role', 'region');
    wide.setAttribute('aria-label', 'Formula');
  }
  for (const place of article.querySelectorAll('[data-claim]')) {
    const claim = report.index.byId.get(place.dataset.claim);
    place.replaceWith(claimCard(claim, place.dataset.claim, place.dataset.claim === current));
  }
  return article;
}

function claimCard(claim, id, isCurrent) {
  if (!claim) return h('p', { class: 'claim-card' }, h('span', { class: 'id' }, id), ' (not in this report)');
  return h(
    'p',
    { class: 'claim-card', 'aria-current': isCurrent && 'true' },
    badge(claim.verdict),
    h('a', { href: `#claim/${id}`, class: 'id' }, id),
    h('span', { class: 'statement' }, claim.statement),
  );
}
