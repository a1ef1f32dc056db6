import * as Plot from '@observablehq/plot';
import { choice, h } from '../dom.js';
import { isPositive, textOf, toNumber } from '../numbers.js';
import { figure } from './figure.js';
import { frame, legend, lineAndDots, logAxis, looks } from './series.js';

const variableOf = (constant) => constant.variable || 'd';
const indexOf = (point) => toNumber(point.d);

/** Stated constants against the best ones: one constant over d, and the slack of all of them. */
export function constantsSection(report) {
  const { constants } = report;
  let chosen = constants[0];
  const link = h('p', { class: 'of-claim' });
  const showLink = () =>
    link.replaceChildren('From the claim ', h('a', { href: `#claim/${chosen.claim}` }, chosen.claim), '.');
  const one = oneConstant(() => chosen);
  const all = allSlacks(constants, () => chosen);
  const picker = choice(
    'Constant',
    constants.map((constant, i) => [String(i), constant.name || constant.id]),
    (i) => {
      chosen = constants[Number(i)];
      showLink();
      one.redraw();
      all.redraw();
    },
  );
  showLink();
  return [h('div', { class: 'controls' }, picker, link), h('div', { class: 'pair' }, one.element, all.element)];
}

const look = looks(['stated', 'sharp']);

function oneConstant(current) {
  const names = { stated: 'stated by the paper', sharp: 'best possible, enclosed' };
  const sides = {
    sup: 'The stated constant has to be at or above the best one.',
    inf: 'The stated constant has to be at or below the best one.',
  };
  const rows = (key) =>
    current()
      .points.map((point) => ({
        at: indexOf(point),
        value: toNumber(point[key]),
        title: `${variableOf(current())} = ${indexOf(point)}\n${names[key]}: ${textOf(point[key])}`,
      }))
      .filter((row) => isPositive(row.value));
  const shown = legend(
    Object.entries(names).map(([key, label]) => ({ key, label, dash: key === 'sharp' ? '5 3' : undefined })),
    look,
    () => chart.redraw(),
  );
  const side = h('p', { class: 'muted' });
  const chart = figure({
    title: 'Stated and best constant',
    controls: [shown.element],
    below: [side],
    draw(width) {
      side.textContent = sides[current().side] ?? '';
      const keys = Object.keys(names).filter(shown.shows);
      const values = keys.flatMap((key) => rows(key).map((row) => row.value));
      if (values.length === 0) return null;
      return frame(width, {
        x: { label: `${variableOf(current())} →` },
        y: logAxis('↑ constant', values, width),
        symbol: { type: 'identity' },
        marks: keys.flatMap((key) =>
          lineAndDots(rows(key), {
            x: 'at',
            y: 'value',
            look: look.get(key),
            dash: key === 'sharp' ? '5 3' : undefined,
          }),
        ),
      });
    },
    describe: () =>
      `${current().name || current().id}: stated and best constant for ${current().points.length} values of ${variableOf(current())}`,
    table: () => ({
      columns: [variableOf(current()), 'Stated', 'Best', 'Slack'],
      numeric: [0, 3],
      rows: current().points.map((point) => [
        indexOf(point),
        textOf(point.stated),
        textOf(point.sharp),
        textOf(point.slack),
      ]),
    }),
  });
  return chart;
}

/** The slack of a constant that cannot be improved. */
const sharp = 1;

function allSlacks(constants, current) {
  const rows = constants
    .flatMap((constant) =>
      constant.points.map((point) => ({
        constant: constant.name || constant.id,
        of: constant,
        at: indexOf(point),
        slack: toNumber(point.slack),
        title: `${constant.name || constant.id}\n${variableOf(constant)} = ${indexOf(point)}: slack ${textOf(point.slack)}`,
      })),
    )
    .filter((row) => isPositive(row.slack))
    .sort((a, b) => a.at - b.at);
  return figure({
    title: 'Slack of all stated constants',
    caption:
      'How many times the stated constant is weaker than the best one: 1 is sharp, below 1 is wrong. The chosen constant is drawn bold.',
    draw(width) {
      if (rows.length === 0) return null;
      const mine = rows.filter((row) => row.of === current());
      return frame(width, {
        x: { label: 'd (or the constant’s own variable) →' },
        y: logAxis(
          '↑ slack',
          rows.map((row) => row.slack),
          width,
        ),
        marks: [
          Plot.ruleY([sharp], { stroke: 'var(--ink)', strokeDasharray: '2 3' }),
          Plot.line(rows, {
            x: 'at',
            y: 'slack',
            z: 'constant',
            stroke: 'var(--muted)',
            strokeOpacity: 0.55,
            strokeWidth: 1.2,
          }),
          Plot.dot(rows, {
            x: 'at',
            y: 'slack',
            r: 2,
            fill: 'var(--muted)',
            fillOpacity: 0.6,
            className: 'points',
            title: 'title',
            tip: true,
          }),
          Plot.line(mine, { x: 'at', y: 'slack', stroke: 'var(--series-1)', strokeWidth: 3 }),
          Plot.text(mine.slice(-1), {
            x: 'at',
            y: 'slack',
            text: (row) => (row.constant.length > 44 ? `${row.constant.slice(0, 43)}…` : row.constant),
            textAnchor: 'end',
            dy: -10,
            fill: 'var(--ink)',
            stroke: 'var(--surface)',
            strokeWidth: 4,
          }),
        ],
      });
    },
    describe: () => `Slack of ${constants.length} stated constants over d`,
    table: () => ({
      columns: ['Constant', 'Variable', 'Slack'],
      numeric: [2],
      rows: rows.map((row) => [row.constant, `${variableOf(row.of)} = ${row.at}`, textOf(row.slack)]),
    }),
  });
}
