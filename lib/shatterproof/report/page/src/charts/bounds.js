import * as Plot from '@observablehq/plot';
import { choice, h } from '../dom.js';
import { endsOf, isPositive, shortNumber, textOf, toNumber } from '../numbers.js';
import { figure } from './figure.js';
import { frame, intervals, legend, lineAndDots, logAxis, looks } from './series.js';

const dashes = { upper: undefined, lower: '6 3', measured: '1.5 3' };
const sides = { upper: 'upper bound', lower: 'lower bound', measured: 'measured' };
const groups = { upper: 'Upper bounds', lower: 'Lower bounds', measured: 'Measured' };
const labelOf = (kind) => `${kind.label} (${sides[kind.side] ?? kind.side}${kind.stated ? ', as stated' : ''})`;

/** Bounds and measurements against n for a chosen d, and where each bound starts to say something. */
export function boundsSection(report) {
  const kinds = presentKinds(report);
  const look = looks(kinds.map((kind) => kind.key));
  let chosen = report.bounds[0];
  const shown = legend(
    kinds.map((kind) => ({
      key: kind.key,
      label: kind.stated ? `${kind.label} (stated)` : kind.label,
      dash: dashes[kind.side],
      group: groups[kind.side] ?? kind.side,
    })),
    look,
    () => curves.redraw(),
  );
  const curves = boundCurves(() => chosen, kinds, look, shown);
  const starts = nonVacuous(report, () => chosen, kinds, look);
  const picker = choice(
    'Dimension',
    report.bounds.map((bound, i) => [String(i), setting(bound)]),
    (i) => {
      chosen = report.bounds[Number(i)];
      curves.redraw();
      starts.redraw();
    },
  );
  return [h('div', { class: 'controls' }, picker), curves.element, starts.element];
}

const setting = ({ d, sigma, eta }) =>
  [`d = ${d}`, sigma !== undefined && `σ = ${textOf(sigma)}`, eta !== undefined && `η = ${textOf(eta)}`]
    .filter(Boolean)
    .join(', ');

/** For which functions the bounds hold; the same in every dimension. */
const hypotheses = ({ B, C, delta }) =>
  `For |f_{0}|, |f|, |y| ≤ B = ${textOf(B)} and |f_{0}|_{Vg} ≤ C = ${textOf(C)}; upper bounds with probability 1 − δ, δ = ${textOf(delta)}.`;

const notOfAKind = ['n', 'computed'];

/** The kinds that the document names, and any key of a point that it forgot to name. */
function presentKinds(report) {
  const known = new Map(report.bound_kinds.map((kind) => [kind.key, kind]));
  for (const { points } of report.bounds)
    for (const point of points)
      for (const key of Object.keys(point)) {
        if (!notOfAKind.includes(key) && !known.has(key))
          known.set(key, { key, label: key, side: 'upper', stated: false, source: '' });
      }
  const used = new Set(
    report.bounds.flatMap(({ points }) =>
      points.flatMap((point) => Object.keys(point).filter((key) => point[key] !== null)),
    ),
  );
  return [...known.values()].filter((kind) => used.has(kind.key));
}

function rowsOf(bound, kind) {
  return bound.points
    .filter((point) => point[kind.key] !== null && point[kind.key] !== undefined)
    .map((point) => {
      const [low, high] = endsOf(point[kind.key]);
      return {
        n: toNumber(point.n),
        value: toNumber(point[kind.key].value ?? point[kind.key]),
        low,
        high,
        title: `${labelOf(kind)}\nn = ${shortNumber(toNumber(point.n))}: ${textOf(point[kind.key])}`,
      };
    })
    .filter((row) => isPositive(row.n) && isPositive(row.value))
    .sort((a, b) => a.n - b.n);
}

function boundCurves(current, kinds, look, shown) {
  return figure({
    title: 'Bounds and measurements against n',
    controls: [shown.element],
    caption: `Full lines bound from above, broken ones from below, dotted ones were measured, with the range over the replicates. Where a bound is vacuous it is not drawn; the table marks it — and is empty where it was not computed. ${hypotheses(current())} A press on a name hides its series.`,
    draw(width) {
      const drawn = kinds
        .filter((kind) => shown.shows(kind.key))
        .map((kind) => ({ kind, rows: rowsOf(current(), kind) }))
        .filter(({ rows }) => rows.length > 0);
      const all = drawn.flatMap(({ rows }) => rows);
      if (all.length === 0) return null;
      return frame(width, {
        height: Math.round(Math.min(560, Math.max(320, width * 0.6))),
        x: logAxis(
          'n →',
          all.map((row) => row.n),
          width,
        ),
        y: logAxis(
          '↑ error',
          all.flatMap((row) => [row.value, row.low, row.high]),
          width,
        ),
        symbol: { type: 'identity' },
        marks: drawn.flatMap(({ kind, rows }) => [
          intervals(
            rows.filter((row) => row.high > row.low && row.low > 0),
            { x: 'n', y1: 'low', y2: 'high', look: look.get(kind.key) },
          ),
          ...lineAndDots(rows, { x: 'n', y: 'value', look: look.get(kind.key), dash: dashes[kind.side] }),
        ]),
      });
    },
    describe: () => `${kinds.length} series of bounds and measurements against n, ${setting(current())}`,
    table: () => ({
      columns: ['n', ...kinds.map(labelOf)],
      numeric: [0, ...kinds.map((_, i) => i + 1)],
      rows: current().points.map((point) => [textOf(point.n), ...kinds.map((kind) => cellOf(point, kind))]),
    }),
  });
}

/** A missing bound is vacuous only where it was computed. */
function cellOf(point, { key, side }) {
  if (point[key] !== undefined) return textOf(point[key]);
  return side !== 'measured' && point.computed ? '—' : '';
}

function nonVacuous(report, current, kinds, look) {
  const rows = () =>
    report.bounds_nonvacuous
      .filter((row) => row.d === current().d)
      .map((row) => {
        const kind = kinds.find(({ key }) => key === row.key) ?? { key: row.key, label: row.key };
        return { kind, label: kind.label, n: toNumber(row.n), text: textOf(row.n) };
      });
  return figure({
    title: 'From which n on each bound says something',
    caption:
      'A power of ten at which the bound is certified to say something (the search runs in floating point; lower bounds up to 10^{4}).',
    draw(width) {
      const drawn = rows().filter((row) => isPositive(row.n));
      if (drawn.length === 0) return null;
      const widest = Math.min(width * 0.45, 14 + 6.8 * Math.max(...drawn.map((row) => row.label.length)));
      const fits = Math.max(6, Math.floor((widest - 14) / 6.8));
      return frame(width, {
        height: 70 + 30 * drawn.length,
        marginLeft: widest,
        marginRight: 64,
        x: logAxis(
          'n →',
          drawn.map((row) => row.n),
          width - widest - 64,
        ),
        y: {
          label: null,
          domain: drawn.map((row) => row.label),
          tickFormat: (label) => (label.length > fits ? `${label.slice(0, fits - 1)}…` : label),
        },
        symbol: { type: 'identity' },
        marks: [
          Plot.ruleY(drawn, {
            y: 'label',
            x1: 'n',
            x2: Math.max(...drawn.map((row) => row.n)) * 3,
            stroke: (row) => look.get(row.kind.key)?.colour ?? 'var(--muted)',
            strokeWidth: 2,
            strokeOpacity: 0.35,
          }),
          Plot.dot(drawn, {
            x: 'n',
            y: 'label',
            r: 5,
            fill: (row) => look.get(row.kind.key)?.colour ?? 'var(--muted)',
            symbol: 'circle',
            className: 'points',
          }),
          Plot.text(drawn, {
            x: 'n',
            y: 'label',
            text: (row) => shortNumber(row.n),
            dx: 10,
            textAnchor: 'start',
            dy: -10,
            fill: 'var(--ink)',
          }),
        ],
      });
    },
    describe: () => `Where each of ${rows().length} bounds becomes non-vacuous, d = ${current().d}`,
    table: () => ({
      columns: ['Bound', 'Says something at n'],
      numeric: [1],
      rows: rows().map((row) => [row.label, row.text]),
    }),
  });
}
