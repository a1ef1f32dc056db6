import { h } from '../dom.js';
import { shortIds } from '../report.js';
import { badge } from '../verdicts.js';

const columns = [
  { key: 'verdict', title: 'Verdict' },
  { key: 'claim', title: 'Claim' },
  { title: 'Range', wide: true },
  { key: 'slack', title: 'Slack', wide: true },
  { key: 'instances', title: 'Instances', wide: true, number: true },
  { key: 'time', title: 'Time', wide: true, number: true },
];

/** The table of claims; `show` puts other rows in place, `sort` is called with the key of a header. */
export function claimTable(report, sort) {
  const shorten = shortIds(report.claims);
  const rows = new Map(report.claims.map((claim) => [claim.id, claimRow(report, claim, shorten)]));
  const headers = columns.map((column) => header(column, sort));
  const body = h('tbody');
  const nothing = h(
    'p',
    { class: 'nothing', hidden: true },
    'No claim matches. Take a word out of the search, or show all.',
  );
  const table = h(
    'table',
    { class: 'claims' },
    h('caption', { class: 'hidden' }, 'Claims with verdict, range, slack, instances and time; the headers sort'),
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        headers.map(({ cell }) => cell),
      ),
    ),
    body,
  );
  return {
    element: h('div', null, table, nothing),
    show(claims, { sort: key, descending }) {
      body.replaceChildren(...claims.map((claim) => rows.get(claim.id)));
      headers.forEach((item) => item.mark(key, descending));
      nothing.hidden = claims.length > 0;
      table.hidden = claims.length === 0;
    },
  };
}

const classes = ({ wide, number }) => [wide && 'wide', number && 'number'].filter(Boolean).join(' ') || null;

function header(column, sort) {
  if (!column.key) return { cell: h('th', { scope: 'col', class: classes(column) }, column.title), mark() {} };
  const cell = h(
    'th',
    { scope: 'col', class: classes(column) },
    h('button', { type: 'button', class: 'sort', onclick: () => sort(column.key) }, column.title),
  );
  return {
    cell,
    mark(key, descending) {
      if (key !== column.key) cell.removeAttribute('aria-sort');
      else cell.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
    },
  };
}

function claimRow(report, claim, shorten) {
  const flags = [
    claim.error && h('span', { class: 'flag strong' }, 'could not be run'),
    claim.as_expected === false && h('span', { class: 'flag strong' }, `differs: the note expects ${claim.expected}`),
    report.index.shaken.has(claim.id) && h('span', { class: 'flag' }, 'rests on a refuted claim'),
    claim.assumes?.length > 0 &&
      h('span', { class: 'flag' }, claim.assumes.length === 1 ? '1 assumption' : `${claim.assumes.length} assumptions`),
  ].filter(Boolean);
  return h(
    'tr',
    {
      onclick: (event) => {
        if (!event.target.closest('a')) location.hash = `claim/${claim.id}`;
      },
    },
    h('td', null, badge(claim.verdict)),
    h(
      'td',
      { class: 'what' },
      h('a', { href: `#claim/${claim.id}`, class: 'id' }, shorten(claim.id)),
      h('span', { class: 'statement' }, claim.statement),
      flags.length > 0 && h('span', { class: 'flags' }, flags),
    ),
    h('td', { class: 'wide range' }, claim.range),
    h('td', { class: 'wide slack' }, claim.slack),
    h('td', { class: 'wide number' }, claim.instances?.toLocaleString('en')),
    h('td', { class: 'wide number' }, claim.seconds !== undefined && `${Number(claim.seconds).toFixed(2)} s`),
  );
}
