import { h } from '../dom.js';
import { shortNumber } from '../numbers.js';
import { badge } from '../verdicts.js';
import { commandLine, evidence } from './evidence.js';
import { displayFormula, typesetNote } from './note.js';

/** The panel that shows one claim. It opens and closes with the hash `#claim/ID`, so that a claim has an address. */
export function claimDialog(report) {
  const content = h('div', { class: 'claim-content' });
  const dialog = h('dialog', { class: 'claim', 'aria-labelledby': 'claim-title' }, content);
  const linked = () => /^#claim\/(.+)$/.exec(decodeURIComponent(location.hash))?.[1];
  let before = '';

  function follow() {
    const id = linked();
    if (!id) {
      before = location.hash;
      if (dialog.open) dialog.close();
      return;
    }
    const claim = report.index.byId.get(id);
    content.replaceChildren(...(claim ? claimView(report, claim, close) : absentView(id, close)));
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  }
  function close() {
    history.replaceState(null, '', before || `${location.pathname}${location.search}`);
    dialog.close();
  }
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    close();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) close();
  });
  addEventListener('hashchange', follow);
  return { element: dialog, follow };
}

const closeButton = (close) =>
  h('button', { type: 'button', class: 'close', onclick: close, 'aria-label': 'Close the claim' }, '✕');

function absentView(id, close) {
  return [
    h('header', null, h('h2', { id: 'claim-title' }, 'No such claim'), closeButton(close)),
    h('p', null, 'This report holds no claim ', h('code', null, id), '.'),
  ];
}

function claimView(report, claim, close) {
  const note = report.notes.find(({ path }) => path === claim.note);
  return [
    h(
      'header',
      null,
      h(
        'div',
        { tabindex: 0, role: 'group', 'aria-label': 'Claim' },
        h('p', { class: 'id' }, claim.id),
        h('h2', { id: 'claim-title', tabindex: -1, autofocus: true }, claim.statement),
      ),
      closeButton(close),
    ),
    h(
      'p',
      { class: 'verdict-line' },
      badge(claim.verdict),
      claim.as_expected === false
        ? h('span', { class: 'flag strong' }, `differs: the note expects ${claim.expected}`)
        : h('span', { class: 'muted' }, 'as the note records'),
      report.index.shaken.has(claim.id) && h('span', { class: 'flag' }, 'rests on a refuted claim'),
    ),
    claim.formula && displayFormula(claim.formula),
    facts(report, claim),
    h('section', null, h('h3', { class: 'part' }, 'Evidence'), evidence(claim)),
    claim.recheck && h('section', null, h('h3', { class: 'part' }, 'Check it again'), commandLine(claim.recheck)),
    claim.block &&
      h(
        'section',
        null,
        h('h3', { class: 'part' }, 'What was run'),
        h('pre', { tabindex: 0, role: 'region', 'aria-label': 'The block of the note' }, claim.block.trim()),
      ),
    h(
      'section',
      null,
      h(
        'h3',
        { class: 'part' },
        'The note ',
        h('span', { class: 'place' }, claim.line ? `${claim.note}:${claim.line}` : claim.note),
      ),
      note ? typesetNote(note, report, claim.id) : h('p', { class: 'muted' }, 'The note is not in this report.'),
    ),
  ].filter(Boolean);
}

function facts(report, claim) {
  const links = (ids) =>
    ids.map((id) =>
      h(
        'a',
        { href: `#claim/${id}`, class: 'chip' },
        report.index.byId.has(id) && badge(report.index.byId.get(id).verdict),
        h('span', { class: 'id' }, id),
      ),
    );
  const uses = claim.uses ?? [];
  const usedBy = report.index.usedBy.get(claim.id) ?? [];
  const rows = [
    ['Source', claim.source],
    ['Range', claim.range],
    ['Instances', claim.instances?.toLocaleString('en')],
    ['Method', claim.method],
    ['Slack of the stated constant', claim.slack],
    ['Time', claim.seconds !== undefined && `${shortNumber(Number(Number(claim.seconds).toPrecision(3)))} s`],
    [
      'Assumes',
      claim.assumes?.length > 0 &&
        h(
          'ul',
          null,
          claim.assumes.map((text) => h('li', null, text)),
        ),
    ],
    ['Uses', uses.length > 0 && links(uses)],
    ['Used by', usedBy.length > 0 && links(usedBy)],
  ];
  return h(
    'dl',
    { class: 'facts' },
    rows.filter(([, value]) => value).map(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, value))),
  );
}
