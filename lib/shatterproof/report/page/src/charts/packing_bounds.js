import * as Plot from '@observablehq/plot';
import { choice, h } from '../dom.js';
import { isPositive, textOf, toNumber } from '../numbers.js';
import { figure } from './figure.js';
import { frame, intervals, legend, lineAndDots, logAxis, looks } from './series.js';

/** The number N of disjoint caps between its bounds, and c_N(d) = N eps^(d-1). */
export function packingBoundsSection(report) {
  const packs = report.packing_bounds;
  let chosen = packs[0];
  const number = numberOfCaps(() => chosen);
  const constant = capConstant(packs);
  const picker = choice(
    'Cap parameter ε',
    packs.map((pack, i) => [String(i), pack.eps]),
    (i) => {
      chosen = packs[Number(i)];
      number.redraw();
    },
  );
  return [h('div', { class: 'controls' }, picker), h('div', { class: 'pair' }, number.element, constant.element)];
}

const parts = {
  count: 'caps known to exist (built, or by the area argument)',
  lower: 'lower bound',
  upper: 'upper bound',
};
const look = looks(Object.keys(parts));

function numberOfCaps(current) {
  const rows = (key) =>
    current()
      .points.map((point) => ({
        d: point.d,
        value: toNumber(point[key]),
        title: `d = ${point.d}\n${parts[key]}: ${textOf(point[key])}${key === 'count' && point.family ? `\n${point.family}` : ''}`,
      }))
      .filter((row) => isPositive(row.value));
  const between = () =>
    current()
      .points.map((point) => ({ d: point.d, low: toNumber(point.lower), high: toNumber(point.upper) }))
      .filter((row) => isPositive(row.low) && isPositive(row.high));
  const shown = legend(
    Object.entries(parts).map(([key, label]) => ({ key, label, line: false })),
    look,
    () => chart.redraw(),
  );
  const chart = figure({
    title: 'Disjoint caps N',
    controls: [shown.element],
    draw(width) {
      const keys = Object.keys(parts).filter(shown.shows);
      const values = keys.flatMap((key) => rows(key).map((row) => row.value));
      if (values.length === 0) return null;
      return frame(width, {
        x: { label: 'd →' },
        y: logAxis('↑ N', values, width),
        symbol: { type: 'identity' },
        marks: [
          intervals(between(), { x: 'd', y1: 'low', y2: 'high', look: { colour: 'var(--line-strong)' } }),
          ...keys.flatMap((key) => lineAndDots(rows(key), { x: 'd', y: 'value', look: look.get(key), line: false })),
        ],
      });
    },
    describe: () =>
      `Number of disjoint caps for epsilon ${current().eps}, with its bounds, in ${current().points.length} dimensions`,
    table: () => ({
      columns: ['d', 'N known to exist', 'Lower bound', 'Upper bound', 'By', 'Packing'],
      numeric: [0, 1, 2, 3],
      rows: current().points.map((point) => [
        point.d,
        textOf(point.count),
        textOf(point.lower),
        textOf(point.upper),
        point.upper_name,
        point.family,
      ]),
    }),
  });
  return chart;
}

function capConstant(packs) {
  const scaled = packs.flatMap((pack) =>
    pack.points.map((point) => ({
      eps: pack.eps,
      d: point.d,
      lower: point.c_lower,
      upper: point.c_upper,
      found: toNumber(point.c_lower),
      most: toNumber(point.c_upper),
    })),
  );
  const styles = looks(packs.map((pack) => pack.eps));
  const shown = legend(
    packs.map((pack) => ({ key: pack.eps, label: `ε = ${pack.eps}` })),
    styles,
    () => chart.redraw(),
  );
  const titled = (row) => ({
    ...row,
    title: `ε = ${row.eps}, d = ${row.d}\nknown to exist ${textOf(row.lower)}\nat most ${textOf(row.upper)}`,
  });
  const chart = figure({
    title: 'The constant c_N(d) = N ε^{d−1}',
    caption:
      'Line: from the caps known to exist (built, or by the area argument). Dotted: the most that the upper bound on N allows.',
    controls: [shown.element],
    draw(width) {
      const rows = scaled.filter((row) => shown.shows(row.eps) && isPositive(row.found)).map(titled);
      if (rows.length === 0) return null;
      return frame(width, {
        x: { label: 'd →' },
        y: logAxis(
          '↑ N ε^(d−1)',
          rows.flatMap((row) => [row.found, row.most]),
          width,
        ),
        symbol: { type: 'identity' },
        marks: packs
          .filter((pack) => shown.shows(pack.eps))
          .flatMap(({ eps }) => {
            const mine = rows.filter((row) => row.eps === eps);
            return [
              Plot.line(
                mine.filter((row) => isPositive(row.most)),
                { x: 'd', y: 'most', stroke: styles.get(eps).colour, strokeDasharray: '1.5 3', strokeWidth: 1.5 },
              ),
              ...lineAndDots(mine, { x: 'd', y: 'found', look: styles.get(eps) }),
            ];
          }),
      });
    },
    describe: () => `c_N over d for ${packs.length} cap parameters`,
    table: () => ({
      columns: ['ε', 'd', 'Known to exist', 'At most'],
      numeric: [1, 2, 3],
      rows: scaled.map((row) => [row.eps, row.d, textOf(row.lower), textOf(row.upper)]),
    }),
  });
  return chart;
}
