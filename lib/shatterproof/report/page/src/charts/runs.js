import * as Plot from '@observablehq/plot';
import { choice, h } from '../dom.js';
import { counted, isPositive, textOf, toNumber } from '../numbers.js';
import { plain } from '../rich.js';
import { figure } from './figure.js';
import { errorAgainstSamples } from './error_slopes.js';
import { frame, logAxis } from './series.js';
import { stepLimit } from './step_limit.js';

/** Training runs: all in thin lines and the chosen one bold; the shattering picture; error against n. */
export function runsSection(report) {
  const { runs } = report;
  let chosen = runs[0];
  const facts = h('p', { class: 'run-facts' });
  const figures = [
    historyFigure(runs, () => chosen, { key: 'loss', title: 'Loss', label: '↑ loss' }),
    historyFigure(runs, () => chosen, {
      key: 'lambda_max',
      title: 'λ_{max} against 2/η',
      label: '↑ largest eigenvalue',
      limit: 'two_over_eta',
    }),
    shattering(() => chosen),
    errorAgainstSamples(runs),
  ];
  const show = () => {
    facts.textContent = runFacts(chosen);
    figures.slice(0, 3).forEach((one) => one.redraw());
  };
  const picker = choice(
    `Run (${counted(runs.length, 'run')})`,
    runs.map((run, i) => [String(i), run.name]),
    (i) => {
      chosen = runs[Number(i)];
      show();
    },
  );
  show();
  return [
    h('div', { class: 'controls' }, picker, facts),
    h(
      'div',
      { class: 'pair' },
      figures.map((one) => one.element),
    ),
  ];
}

const runFacts = ({ d, n, width, eta, decay, sigma, mse, end }) =>
  [
    ['d', d],
    ['n', n],
    ['width', width],
    ['η', eta],
    ['decay', decay],
    ['σ', sigma],
    ['MSE', mse],
    ['end', end],
  ]
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name} = ${textOf(value)}`)
    .join(', ');

/** What was recorded of a run, from its first epoch after the start; 0 has no place on a logarithmic axis. */
const history = (run, key, place) =>
  (run.epochs ?? [])
    .map((epoch, i) => ({ place, epoch, value: toNumber(run[key]?.[i]) }))
    .filter((row) => isPositive(row.value) && row.epoch >= 0);

/** Epochs recorded at equal steps stand on a linear axis, growing steps on a logarithmic one. */
function epochAxis(rows, width) {
  const after = rows.map((row) => row.epoch).filter(isPositive);
  const grows = Math.max(...after) > 200 * Math.min(...after);
  return grows ? logAxis('epoch →', after, width) : { label: 'epoch →' };
}

function historyFigure(runs, current, { key, title, label, limit }) {
  const all = runs.flatMap((run, i) => history(run, key, i));
  return figure({
    title,
    caption: `The chosen run bold, the others thin${limit ? '; the broken line is 2/η of the chosen run' : ''}.`,
    draw(width) {
      const x = epochAxis(all, width);
      const isShown = (row) => x.type !== 'log' || row.epoch > 0;
      const mine = history(current(), key).filter(isShown);
      const threshold = limit ? toNumber(current()[limit]) : NaN;
      if (all.length === 0) return null;
      return frame(width, {
        x,
        y: logAxis(label, [...all.map((row) => row.value), threshold], width),
        marks: [
          Plot.line(all.filter(isShown), {
            x: 'epoch',
            y: 'value',
            z: 'place',
            stroke: 'var(--muted)',
            strokeOpacity: 0.35,
            strokeWidth: 1,
            className: 'lines',
          }),
          isPositive(threshold) && stepLimit(threshold),
          Plot.line(mine, { x: 'epoch', y: 'value', stroke: 'var(--series-1)', strokeWidth: 2.5 }),
          Plot.dot(mine, {
            x: 'epoch',
            y: 'value',
            r: 2.4,
            fill: 'var(--series-1)',
            title: (row) => `epoch ${row.epoch}: ${textOf(row.value)}`,
            tip: true,
            className: 'points',
          }),
        ],
      });
    },
    describe: () => `${plain(title)} over the epochs of ${counted(runs.length, 'run')}, ${current().name} marked`,
    table: () => ({
      columns: ['Epoch', plain(title)],
      numeric: [0, 1],
      rows: history(current(), key).map((row) => [textOf(row.epoch), textOf(row.value)]),
    }),
  });
}

/** Activation rate against |v||w|, a dot a neuron: shattered networks sit at the left edge, far up. */
function shattering(current) {
  const rows = () =>
    (current().neurons?.activation ?? [])
      .map((activation, i) => ({ activation: toNumber(activation), norm: toNumber(current().neurons.norm?.[i]) }))
      .filter((row) => Number.isFinite(row.activation) && Number.isFinite(row.norm));
  return figure({
    title: 'The shattering picture',
    caption:
      'A dot for every neuron: on which share of the samples it is active, and its weight |v||w|. Dead neurons are left out.',
    draw(width) {
      const neurons = rows();
      if (neurons.length === 0) return null;
      return frame(width, {
        x: { label: 'activation rate →', domain: [0, 1], percent: false },
        y: { label: '↑ |v||w|', zero: true, nice: true },
        marks: [
          Plot.dot(neurons, {
            x: 'activation',
            y: 'norm',
            r: 2.6,
            fill: 'var(--series-2)',
            fillOpacity: 0.45,
            stroke: 'none',
            title: (row) => `active on ${textOf(100 * row.activation)} %\n|v||w| = ${textOf(row.norm)}`,
            tip: true,
            className: 'points',
          }),
          Plot.ruleY([0], { stroke: 'var(--line-strong)' }),
        ],
      });
    },
    describe: () => `Activation rate against weight norm of ${counted(rows().length, 'neuron')} of ${current().name}`,
    table: () => ({
      columns: ['Activation rate', '|v||w|'],
      numeric: [0, 1],
      rows: rows().map((row) => [textOf(row.activation), textOf(row.norm)]),
    }),
  });
}
