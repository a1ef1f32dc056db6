import { h } from '../dom.js';
import { counted } from '../numbers.js';
import { kindOf, kinds, paperOf } from '../report.js';
import { verdictIcon, verdicts } from '../verdicts.js';
import { choice } from '../dom.js';
import { filtered, noFilter } from './filter.js';
import { claimTable } from './table.js';

/** Counts by verdict, which are buttons that filter; search; the table of claims. */
export function statusBoard(report) {
  const filter = noFilter();
  const result = h('p', { class: 'result', role: 'status', 'aria-live': 'polite' });
  const table = claimTable(report, (key) => {
    filter.descending = filter.sort === key && !filter.descending;
    filter.sort = key;
    update();
  });
  const reset = h('button', { type: 'button', class: 'quiet', hidden: true, onclick: () => clear() }, 'Show all');
  const tiles = verdictTiles(report.claims, (name) => {
    if (!filter.verdicts.delete(name)) filter.verdicts.add(name);
    update();
  });
  const fields = filterFields(report.claims, filter, update);

  function update() {
    const shown = filtered(report.claims, filter);
    table.show(shown, filter);
    tiles.mark(filter.verdicts);
    const narrowed = filter.verdicts.size > 0 || filter.paper || filter.kind || filter.words;
    reset.hidden = !narrowed;
    result.textContent = narrowed
      ? `${shown.length} of ${counted(report.claims.length, 'claim')} shown`
      : `${counted(report.claims.length, 'claim')}`;
  }
  function clear() {
    Object.assign(filter, noFilter());
    fields.reset();
    update();
  }
  update();
  return [
    asRecorded(report.claims),
    tiles.element,
    fields,
    h('div', { class: 'result-line' }, result, reset),
    table.element,
  ];
}

/** One sentence: do all verdicts agree with what the notes expect? */
function asRecorded(claims) {
  const different = claims.filter((claim) => claim.as_expected === false);
  if (claims.length === 0) return h('p', { class: 'lead' }, 'This report holds no claims.');
  if (different.length === 0) return h('p', { class: 'lead' }, 'Every verdict is the one that the notes record.');
  return h(
    'p',
    { class: 'lead differs' },
    `${counted(different.length, 'verdict')} not as the notes record: `,
    different.slice(0, 12).map((claim, i) => [i > 0 && ', ', h('a', { href: `#claim/${claim.id}` }, claim.id)]),
    different.length > 12 && ` and ${different.length - 12} more`,
    '.',
  );
}

function verdictTiles(claims, toggle) {
  const count = (name) => claims.filter((claim) => claim.verdict === name).length;
  const tiles = verdicts.map(({ name, meaning }) =>
    h(
      'button',
      {
        type: 'button',
        class: `tile verdict-${name}`,
        'aria-pressed': 'false',
        title: meaning,
        onclick: () => toggle(name),
        disabled: count(name) === 0,
      },
      h('span', { class: 'tile-count' }, count(name)),
      h('span', { class: 'tile-name' }, verdictIcon(name), name),
    ),
  );
  const bar = h(
    'div',
    { class: 'proportions', 'aria-hidden': 'true' },
    verdicts
      .filter(({ name }) => count(name) > 0)
      .map(({ name }) => h('span', { class: `verdict-${name}`, style: `flex-grow: ${count(name)}` })),
  );
  return {
    element: h(
      'div',
      { class: 'tiles-frame' },
      h('div', { class: 'tiles', role: 'group', 'aria-label': 'Filter by verdict' }, tiles),
      bar,
    ),
    mark: (chosen) => tiles.forEach((tile, i) => tile.setAttribute('aria-pressed', chosen.has(verdicts[i].name))),
  };
}

function filterFields(claims, filter, update) {
  const present = (values) => [...new Set(values)];
  const papers = present(claims.map(paperOf));
  const presentKinds = present(claims.map(kindOf));
  const search = h('input', {
    type: 'search',
    placeholder: 'e.g. packing, E.2, Bernstein',
    autocomplete: 'off',
    spellcheck: 'false',
    oninput: () => {
      filter.words = search.value;
      update();
    },
  });
  return h(
    'form',
    { class: 'filters', role: 'search', onsubmit: (event) => event.preventDefault() },
    h('label', { class: 'choice grow' }, h('span', null, 'Search'), search),
    choice('Paper', [['', 'All'], ...papers.map((paper) => [paper, paper])], (value) => {
      filter.paper = value;
      update();
    }),
    choice('Kind', [['', 'All'], ...kinds.filter(([kind]) => presentKinds.includes(kind))], (value) => {
      filter.kind = value;
      update();
    }),
  );
}
