import * as Plot from '@observablehq/plot';
import { choice, h } from '../dom.js';
import { counted, shortNumber, textOf, toNumber } from '../numbers.js';
import { rich } from '../rich.js';
import { badge } from '../verdicts.js';
import { figure } from './figure.js';
import { frame } from './series.js';
import { stepLimit } from './step_limit.js';

/** Spectrum with lambda_max against 2/eta, and Theorem 3.2 link by link, for a chosen network. */
export function flatnessSection(report) {
  let chosen = report.flatness[0];
  const facts = h('div');
  const spectrum = spectrumFigure(() => chosen);
  const chain = chainFigure(() => chosen);
  const show = () => {
    facts.replaceChildren(stability(chosen));
    spectrum.redraw();
    chain.redraw();
  };
  const picker = choice(
    'Network',
    report.flatness.map((one, i) => [String(i), one.name]),
    (i) => {
      chosen = report.flatness[Number(i)];
      show();
    },
  );
  show();
  return [h('div', { class: 'controls' }, picker), facts, h('div', { class: 'pair' }, spectrum.element, chain.element)];
}

const answers = {
  proved: 'λ_{max} ≤ 2/η: stable at this step size',
  refuted: 'λ_{max} > 2/η: not stable at this step size',
  undecided: 'the enclosure of λ_{max} holds 2/η',
};

function stability({ d, n, K, eta, lambda_max: lambda, two_over_eta: threshold, stable, method }) {
  const fact = (name, value) =>
    value !== undefined &&
    value !== null &&
    value !== '' &&
    h('div', null, h('dt', null, rich(name)), h('dd', null, textOf(value)));
  return h(
    'div',
    { class: 'stability' },
    h(
      'dl',
      { class: 'inline-facts' },
      fact('d', d),
      fact('n', n),
      fact('K', K),
      fact('η', eta),
      fact('λ_{max} in', lambda),
      fact('2/η', threshold),
    ),
    stable && h('p', { class: 'answer' }, badge(stable), h('span', null, rich(answers[stable] ?? ''))),
    method && h('p', { class: 'muted method' }, method),
  );
}

function spectrumFigure(current) {
  const values = () =>
    (current().spectrum ?? [])
      .map(toNumber)
      .filter(Number.isFinite)
      .sort((a, b) => b - a);
  return figure({
    title: 'Hessian spectrum',
    caption: 'Eigenvalues in falling order. Only λ_{max} is enclosed; the others are approximate.',
    draw(width) {
      const rows = values().map((value, i) => ({
        place: i + 1,
        value,
        title: `eigenvalue ${i + 1}: ${textOf(value)}`,
      }));
      const limit = toNumber(current().two_over_eta);
      const lambda = current().lambda_max;
      if (rows.length === 0 && !Number.isFinite(toNumber(lambda))) return null;
      return frame(width, {
        x: { label: 'place →', tickFormat: (at) => (Number.isInteger(at) ? String(at) : '') },
        y: { label: '↑ eigenvalue', nice: true, zero: true },
        marks: [
          Plot.ruleY([0], { stroke: 'var(--line-strong)' }),
          Plot.ruleX(rows, {
            x: 'place',
            y1: 0,
            y2: 'value',
            stroke: 'var(--series-1)',
            strokeOpacity: 0.45,
            strokeWidth: 1.5,
          }),
          Plot.dot(rows, {
            x: 'place',
            y: 'value',
            r: 2.6,
            fill: 'var(--series-1)',
            title: 'title',
            tip: true,
            className: 'points',
          }),
          Number.isFinite(limit) && stepLimit(limit),
          lambda && [
            Plot.ruleY([toNumber(lambda)], { stroke: 'var(--verdict-proved)', strokeWidth: 1.5 }),
            Plot.text([toNumber(lambda)], {
              y: (value) => value,
              frameAnchor: 'middle',
              dy: -8,
              text: () => 'largest, enclosed',
              fill: 'var(--verdict-proved)',
              stroke: 'var(--surface)',
              strokeWidth: 4,
            }),
          ],
        ],
      });
    },
    describe: () =>
      `${values().length} eigenvalues of the Hessian of ${current().name}; lambda_max in ${textOf(current().lambda_max)}, 2/eta = ${textOf(current().two_over_eta)}`,
    table: () => ({
      columns: ['Place', 'Eigenvalue'],
      numeric: [0, 1],
      rows: values().map((value, i) => [i + 1, textOf(value)]),
    }),
  });
}

/** The links of a chain as numbers, and how many of them follow each other: the right side of one is the left of the next. */
function chainLinks({ chain = [] }) {
  const links = chain
    .map((link) => ({ ...link, from: toNumber(link.left), to: toNumber(link.right) }))
    .filter(({ from, to }) => Number.isFinite(from) && Number.isFinite(to));
  const follows = (i) => Math.abs(links[i].from - links[i - 1].to) <= 1e-6 * Math.abs(links[i].from);
  let joined = Math.min(1, links.length);
  while (joined < links.length && follows(joined)) joined++;
  return { links, joined };
}

/** The bars of the waterfall: the two sides whole, every link floating between; inequalities apart from the chain below. */
function chainBars({ links, joined }) {
  if (links.length === 0) return [];
  const floating = (link) => ({
    ...link,
    label: `${link.name}  +${shortNumber(link.to - link.from)}  ${link.verdict}`,
  });
  const whole = (name, to) => ({ name, from: 0, to, isWhole: true, label: `${name}  ${shortNumber(to)}` });
  return [
    whole('left side', links[0].from),
    ...links.slice(0, joined).map((link) => ({ ...floating(link), isJoined: true })),
    whole('right side', links[joined - 1].to),
    ...links.slice(joined).map(floating),
  ].map((bar, at) => ({ ...bar, at }));
}

function chainFigure(current) {
  return figure({
    title: 'Theorem 3.2, link by link',
    caption:
      'From |f|_{Vg} at the top to the right side of the theorem: every step adds its slack. Below the right side, what follows without the steps.',
    draw(width) {
      const bars = chainBars(chainLinks(current()));
      if (bars.length === 0) return null;
      const total = Math.max(...bars.map((bar) => bar.to)) || 1;
      const steps = bars.filter((bar) => bar.isJoined);
      return frame(width, {
        height: 64 + 42 * bars.length,
        marginLeft: 14,
        marginRight: 18,
        x: { label: 'value →', domain: [0, total * 1.02], nice: true },
        y: { axis: null, domain: bars.map((bar) => bar.at) },
        grid: false,
        marks: [
          Plot.gridX({ stroke: 'var(--muted)', strokeOpacity: 0.2 }),
          Plot.link(steps, {
            x1: 'to',
            x2: 'to',
            y1: 'at',
            y2: (bar) => bar.at + 1,
            stroke: 'var(--muted)',
            strokeDasharray: '2 2',
          }),
          Plot.barX(bars, {
            y: 'at',
            x1: 'from',
            x2: (bar) => Math.max(bar.to, bar.from + total * 0.004),
            insetTop: 19,
            insetBottom: 4,
            rx: 2,
            className: 'bars',
            fill: (bar) => (bar.isWhole ? 'var(--series-1)' : `var(--verdict-${bar.verdict ?? 'unknown'})`),
          }),
          Plot.text(bars, {
            y: 'at',
            frameAnchor: 'left',
            text: 'label',
            textAnchor: 'start',
            dy: -10,
            dx: 2,
            fill: 'var(--ink)',
            stroke: 'var(--surface)',
            strokeWidth: 3,
          }),
        ],
      });
    },
    describe: () =>
      `Chain of Theorem 3.2 for ${current().name} in ${counted(chainLinks(current()).links.length, 'link')} with their slack`,
    table: () => ({
      columns: ['Link', 'Left', 'Right', 'Slack', 'Verdict'],
      rows: (current().chain ?? []).map((link) => [
        link.name,
        textOf(link.left),
        textOf(link.right),
        textOf(link.slack),
        link.verdict && badge(link.verdict),
      ]),
    }),
  });
}
