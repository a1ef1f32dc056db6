import * as Plot from '@observablehq/plot';
import { h } from '../dom.js';
import { counted, textOf, toNumber } from '../numbers.js';
import { figure } from './figure.js';
import { frame } from './series.js';

/** Histogram of the inner products of a packing's centres, with the largest that is allowed. */
export function cosineFigure(current) {
  const bins = () => {
    const { edges = [], counts = [] } = current().cosines ?? {};
    return counts
      .map((count, i) => ({ low: edges[i], high: edges[i + 1], count }))
      .filter((bin) => Number.isFinite(bin.low) && Number.isFinite(bin.high));
  };
  const pairs = h('p', { class: 'muted' });
  return figure({
    title: 'Inner products of the centres',
    caption: 'Pairs of centres by their cosine. Disjoint caps keep it at or below the broken line, cos 2θ.',
    below: [pairs],
    draw(width) {
      pairs.textContent = current().pairs ?? current().cosines?.pairs ?? '';
      const rows = bins();
      if (rows.length === 0) return null;
      const depth = toNumber(current().eps) ** 2;
      const limit = 1 - 4 * depth + 2 * depth * depth;
      return frame(width, {
        x: { label: 'cosine →', domain: [-1, 1] },
        y: { label: '↑ pairs', zero: true, nice: true },
        marks: [
          Plot.rectY(rows, {
            x1: 'low',
            x2: 'high',
            y: 'count',
            fill: 'var(--series-1)',
            inset: 0.5,
            title: (bin) => `${textOf(bin.low)} to ${textOf(bin.high)}: ${counted(bin.count, 'pair')}`,
            tip: true,
            className: 'bars',
          }),
          Plot.ruleY([0], { stroke: 'var(--line-strong)' }),
          Number.isFinite(limit) &&
            Plot.ruleX([limit], { stroke: 'var(--verdict-refuted)', strokeDasharray: '6 3', strokeWidth: 1.5 }),
        ],
      });
    },
    describe: () =>
      `Histogram of inner products in ${bins().length} bins; the largest is ${textOf(current().max_cosine)}`,
    table: () => ({
      columns: ['From', 'To', 'Pairs'],
      numeric: [0, 1, 2],
      rows: bins().map((bin) => [textOf(bin.low), textOf(bin.high), textOf(bin.count)]),
    }),
  });
}
