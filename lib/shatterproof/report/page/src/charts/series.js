import * as Plot from '@observablehq/plot';
import { h } from '../dom.js';

/** Colours (by custom property, so that they follow the theme) and symbols that tell series apart without colour. */
const colours = [
  '--series-1',
  '--series-2',
  '--series-3',
  '--series-4',
  '--series-5',
  '--series-6',
  '--series-7',
  '--series-8',
];
const symbols = ['circle', 'square2', 'triangle2', 'diamond2', 'star', 'cross', 'wye', 'plus', 'times', 'asterisk'];

/** The look of the series with the given keys, in their order; more than eight repeat the colours with other symbols. */
export function looks(keys) {
  return new Map(
    keys.map((key, i) => [
      key,
      {
        colour: `var(${colours[i % colours.length]})`,
        symbol: symbols[(i + Math.floor(i / symbols.length)) % symbols.length],
      },
    ]),
  );
}

/** A legend whose entries switch their series on and off. `entries` are {key, label, dash, line, group}. */
export function legend(entries, look, onchange) {
  const hidden = new Set();
  const groups = [...new Set(entries.map(({ group }) => group))];
  const list = (group) =>
    h(
      'ul',
      { class: 'legend', 'aria-label': group ?? 'Series' },
      group && h('li', { class: 'legend-group', 'aria-hidden': 'true' }, group),
      entries.filter((entry) => entry.group === group).map(item),
    );
  const item = ({ key, label, dash, line = true }) => {
    const button = h(
      'button',
      {
        type: 'button',
        'aria-pressed': 'true',
        onclick: () => {
          if (!hidden.delete(key)) hidden.add(key);
          button.setAttribute('aria-pressed', !hidden.has(key));
          onchange();
        },
      },
      swatch(look.get(key), dash, line),
      h('span', null, label),
    );
    return h('li', null, button);
  };
  const element = h('div', { class: 'legends' }, groups.map(list));
  return { element, shows: (key) => !hidden.has(key) };
}

function swatch({ colour, symbol }, dash, line) {
  const drawn = Plot.plot({
    width: 34,
    height: 14,
    margin: 0,
    x: { axis: null, domain: [0, 2] },
    y: { axis: null, domain: [0, 2] },
    symbol: { type: 'identity' },
    marks: [
      line ? Plot.ruleY([1], { stroke: colour, strokeWidth: 1.8, strokeDasharray: dash }) : null,
      Plot.dot([[1, 1]], { stroke: colour, fill: 'var(--surface)', symbol, r: 3.5, strokeWidth: 1.6 }),
    ],
  });
  drawn.setAttribute('aria-hidden', 'true');
  return drawn;
}

/** What all charts share. Height follows the width, within limits. */
export function frame(width, { marks, ...options }) {
  const narrow = width < 480;
  return Plot.plot({
    width,
    height: Math.round(Math.min(420, Math.max(260, width * 0.55))),
    marginLeft: narrow ? 48 : 58,
    marginRight: narrow ? 24 : 30,
    marginTop: 28,
    marginBottom: 42,
    style: { fontSize: narrow ? '11px' : '12.5px', fontFamily: 'inherit', overflow: 'visible' },
    grid: true,
    ...options,
    ...ownAxes(options),
    marks: [logMarks(options), marks].flat(Infinity).filter(Boolean),
  });
}

/** The marks that draw the logarithmic axes with every label: by itself the library leaves some ticks without one. */
function logMarks({ x, y }) {
  return [
    x?.type === 'log' && [
      Plot.gridX(x.ticks),
      Plot.axisX(x.ticks, { text: powerOfTen, label: x.label, labelArrow: 'none' }),
    ],
    y?.type === 'log' && [
      Plot.gridY(y.ticks),
      Plot.axisY(y.ticks, { text: powerOfTen, label: y.label, labelArrow: 'none' }),
    ],
  ];
}

/** The scales of those axes without the axes that they would get by themselves. */
function ownAxes(options) {
  const logarithmic = ['x', 'y'].filter((name) => options[name]?.type === 'log');
  return Object.fromEntries(logarithmic.map((name) => [name, { ...options[name], axis: null, grid: false }]));
}

/** A logarithmic axis: powers of ten where there are several, else 1, 2, 5; fewer where it is narrow. */
export function logAxis(label, values, width) {
  const ends = values.filter((value) => Number.isFinite(value) && value > 0).map(Math.log10);
  const [low, high] = ends.length > 0 ? [Math.min(...ends), Math.max(...ends)] : [0, 1];
  return {
    type: 'log',
    label,
    ticks: logTicks(low, high, Math.min(9, Math.max(2, Math.round(width / 68)))),
  };
}

/** At most about `most` ticks between 10^low and 10^high. */
function logTicks(low, high, most) {
  const digits = high - low > 2.5 ? [1] : high - low > 0.8 ? [1, 2, 5] : [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];
  const step = Math.max(1, Math.ceil((high - low) / most));
  const ticks = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++) {
    if (power % step === 0) for (const digit of digits) ticks.push(digit * 10 ** power);
  }
  const slop = 1e-9;
  return ticks.filter((tick) => Math.log10(tick) > low - slop && Math.log10(tick) < high + slop);
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** 1000 as 10³; what is no power of ten, and what is near 1, in plain digits. */
export function powerOfTen(value) {
  const exponent = Math.log10(value);
  const whole = Math.round(exponent);
  if (Math.abs(exponent - whole) > 1e-9)
    return exponent > -4 && exponent < 5 ? String(Number(value.toPrecision(2))) : value.toExponential(0);
  if (whole >= -2 && whole <= 3) return String(Number(value.toPrecision(2)));
  return `10${whole < 0 ? '⁻' : ''}${[...String(Math.abs(whole))].map((digit) => superscripts[digit]).join('')}`;
}

/** Line and dots of one series; `rows` are sorted along x and carry the `title` of their tip. */
export function lineAndDots(rows, { x, y, look, dash, line = true }) {
  return [
    line && Plot.line(rows, { x, y, stroke: look.colour, strokeWidth: 1.8, strokeDasharray: dash }),
    Plot.dot(rows, {
      x,
      y,
      stroke: look.colour,
      fill: 'var(--surface)',
      symbol: look.symbol,
      r: 3.2,
      strokeWidth: 1.5,
      className: 'points',
      title: (row) => row.title,
      tip: true,
    }),
  ];
}

/** Bars from `y1` to `y2`: intervals. */
export function intervals(rows, { x, y1, y2, look }) {
  return Plot.ruleX(rows, { x, y1, y2, stroke: look.colour, strokeWidth: 1.5, className: 'intervals' });
}
