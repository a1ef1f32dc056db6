import { checkbox, dataTable, h } from '../dom.js';
import { counted } from '../numbers.js';
import { shortIds } from '../report.js';
import { badge, verdictIcon } from '../verdicts.js';
import { drawGraph } from './draw.js';
import { dependencyGraph, weakPart } from './model.js';

/** The graph of what rests on what, what is assumed, the claims that stand alone, and all of it as a table. */
export function dependencySection(report) {
  const graph = dependencyGraph(report);
  const shorten = shortIds(report.claims);
  const frame = h('div', {
    class: 'graph-frame',
    tabindex: 0,
    role: 'region',
    'aria-label': 'Dependency graph; scrolls',
  });
  const redraw = (onlyWeak) => frame.replaceChildren(drawGraph(report, onlyWeak ? weakPart(graph) : graph, shorten));
  redraw(false);
  const isDrawn = graph.nodes.size > 0;
  return [
    h(
      'p',
      { class: 'lead' },
      `${counted(graph.nodes.size, 'claim')} joined by ${counted(graph.edges.length, 'link')}; what is used stands to the left of what uses it. `,
      `${counted(graph.assumptions.size, 'assumption')} not checked here.`,
    ),
    isDrawn &&
      h(
        'div',
        { class: 'controls' },
        key(),
        checkbox('Only what is refuted or assumes, and what rests on it', false, redraw),
        zoomButtons(frame),
      ),
    isDrawn ? frame : h('p', { class: 'nothing' }, 'No claim names another one that it uses.'),
    isDrawn && linksTable(report, graph),
    assumed(graph.assumptions, shorten),
    standingAlone(graph.alone, shorten),
  ].filter(Boolean);
}

function key() {
  return h(
    'ul',
    { class: 'key' },
    h('li', { class: 'verdict-refuted' }, verdictIcon('refuted'), 'refuted'),
    h('li', { class: 'key-shaken' }, 'rests on a refuted claim'),
    h('li', { class: 'key-assumed' }, 'A: assumes something that is not checked'),
  );
}

function zoomButtons(frame) {
  let scale = 1;
  const natural = () => frame.querySelector('svg').viewBox.baseVal;
  const set = (next) => {
    scale = Math.min(2.5, Math.max(0.2, next));
    const svg = frame.querySelector('svg');
    svg.setAttribute('width', natural().width * scale);
    svg.setAttribute('height', natural().height * scale);
  };
  const button = (text, label, action) =>
    h('button', { type: 'button', class: 'quiet', 'aria-label': label, onclick: action }, text);
  return h(
    'div',
    { class: 'zoom', role: 'group', 'aria-label': 'Size of the graph' },
    button('−', 'Smaller', () => set(scale / 1.25)),
    button('+', 'Larger', () => set(scale * 1.25)),
    button('Fit', 'Fit the width', () => set((frame.clientWidth - 26) / natural().width)),
    button('1:1', '1:1, natural size', () => set(1)),
  );
}

const link = (claim, text) =>
  h(
    'a',
    {
      href: `#claim/${claim.id}`,
      class: `chip verdict-${claim.verdict}`,
      title: `${claim.verdict}: ${claim.statement}`,
    },
    verdictIcon(claim.verdict),
    h('span', { class: 'hidden' }, `${claim.verdict}: `),
    text,
  );
const chips = (claims, shorten) =>
  h(
    'ul',
    { class: 'chips' },
    claims.map((claim) => h('li', null, link(claim, shorten(claim.id)))),
  );

function linksTable(report, graph) {
  const claims = [...graph.nodes.values()];
  const links = (ids) => ids.map((id, i) => [i > 0 && ', ', h('a', { href: `#claim/${id}` }, id)]);
  const summary = h('summary', null, `The graph as a table (${counted(claims.length, 'claim')})`);
  const details = h(
    'details',
    {
      class: 'as-table',
      ontoggle: () => {
        if (!details.open || details.children.length > 1) return;
        details.append(
          dataTable(
            'Claims with what they use',
            ['Claim', 'Verdict', 'Uses', 'Used by', 'Assumes'],
            claims.map((claim) => [
              h('a', { href: `#claim/${claim.id}` }, claim.id),
              badge(claim.verdict),
              links(claim.uses ?? []),
              links(report.index.usedBy.get(claim.id)),
              (claim.assumes ?? []).join('; '),
            ]),
          ),
        );
      },
    },
    summary,
  );
  return details;
}

function assumed(assumptions, shorten) {
  if (assumptions.size === 0) return null;
  const byUse = [...assumptions].sort(([, a], [, b]) => b.length - a.length);
  return h(
    'details',
    { class: 'more assumed' },
    h('summary', null, `What is assumed (${assumptions.size})`),
    h(
      'dl',
      null,
      byUse.map(([text, claims]) => h('div', null, h('dt', null, text), h('dd', null, chips(claims, shorten)))),
    ),
  );
}

function standingAlone(claims, shorten) {
  if (claims.length === 0) return null;
  return h(
    'details',
    { class: 'more', open: true },
    h('summary', null, `${counted(claims.length, 'claim')} that neither use nor are used by another`),
    chips(claims, shorten),
  );
}
