import * as Plot from '@observablehq/plot';

/** The broken line at 2/η with its name at the right end. */
export const stepLimit = (value) => [
  Plot.ruleY([value], { stroke: 'var(--verdict-refuted)', strokeDasharray: '6 3', strokeWidth: 1.5 }),
  Plot.text([value], {
    y: (limit) => limit,
    frameAnchor: 'right',
    textAnchor: 'start',
    dx: 4,
    text: () => '2/η',
    fill: 'var(--verdict-refuted)',
    stroke: 'var(--surface)',
    strokeWidth: 4,
  }),
];
