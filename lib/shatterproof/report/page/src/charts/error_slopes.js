import * as Plot from '@observablehq/plot';
import { endsOf, isPositive, shortNumber, textOf, toNumber } from '../numbers.js';
import { figure } from './figure.js';
import { frame, intervals, legend, lineAndDots, logAxis, looks } from './series.js';

/** Least squares of log(value) on log(n): {slope, at(n)}, or null with fewer than two different n. */
function powerLaw(rows) {
  const points = rows.map((row) => [Math.log(row.n), Math.log(row.value)]);
  const mean = (i) => points.reduce((sum, point) => sum + point[i], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const spread = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  if (spread < 1e-12) return null;
  const slope = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / spread;
  return { slope, at: (n) => Math.exp(y + slope * (Math.log(n) - x)) };
}

/** MSE of runs against n, one series for every (d, eta, decay), with fitted slopes. */
export function errorAgainstSamples(runs) {
  const groups = new Map();
  for (const run of runs) {
    const row = { n: toNumber(run.n), value: toNumber(run.mse) };
    if (!isPositive(row.n) || !isPositive(row.value)) continue;
    const label = [`d = ${run.d}`, `η = ${textOf(run.eta)}`, toNumber(run.decay) > 0 && `decay ${textOf(run.decay)}`]
      .filter(Boolean)
      .join(', ');
    groups.set(label, [...(groups.get(label) ?? []), row]);
  }
  return slopeFigure({
    title: 'MSE against n',
    caption: 'A dot for every run; straight lines are least squares in the logarithms, for the eye.',
    series: [...groups].map(([label, rows]) => ({ label, rows, fit: powerLaw(rows) })),
  });
}

/** The series of an experiment as its document gives them, slopes with their intervals in the names. */
export function experimentSeries(experiment) {
  return slopeFigure({
    title: `${experiment.mse_name || 'MSE'} against n`,
    caption: 'Medians with the range over the replicates; the slope of each series is the experiment’s own.',
    series: experiment.series.map((one) => {
      const rows = (one.points ?? [])
        .map((point) => ({
          n: toNumber(point.n),
          value: toNumber(point.mse ?? point.value),
          low: endsOf(point)[0],
          high: endsOf(point)[1],
        }))
        .filter((row) => isPositive(row.n) && isPositive(row.value));
      return {
        label: [
          one.label,
          one.d !== undefined && !/\bd = /.test(one.label) && `d = ${one.d}`,
          toNumber(one.sigma) > 0 && `σ = ${textOf(one.sigma)}`,
          one.slope && `slope ${textOf(one.slope)}`,
        ]
          .filter(Boolean)
          .join(', '),
        rows,
        joined: true,
      };
    }),
  });
}

function slopeFigure({ title, caption, series }) {
  const styles = looks(series.map(({ label }) => label));
  const shown = legend(
    series.map(({ label, fit }) => ({
      key: label,
      label: fit ? `${label}, slope ${shortNumber(Number(fit.slope.toFixed(3)))}` : label,
    })),
    styles,
    () => chart.redraw(),
  );
  const chart = figure({
    title,
    caption,
    controls: [shown.element],
    draw(width) {
      const drawn = series.filter(({ label, rows }) => shown.shows(label) && rows.length > 0);
      const all = drawn.flatMap(({ rows }) => rows);
      if (all.length === 0) return null;
      const ends = [Math.min(...all.map((row) => row.n)), Math.max(...all.map((row) => row.n))];
      return frame(width, {
        x: logAxis(
          'n →',
          all.map((row) => row.n),
          width,
        ),
        y: logAxis(
          '↑ MSE',
          all.flatMap((row) => [row.value, row.low, row.high]),
          width,
        ),
        symbol: { type: 'identity' },
        marks: drawn.flatMap(({ label, rows, fit, joined }) => {
          const ordered = rows
            .map((row) => ({ ...row, title: `${label}\nn = ${textOf(row.n)}: ${textOf(row.value)}` }))
            .sort((a, b) => a.n - b.n);
          return [
            fit &&
              Plot.line(
                ends.map((n) => ({ n, value: fit.at(n) })),
                { x: 'n', y: 'value', stroke: styles.get(label).colour, strokeOpacity: 0.7 },
              ),
            intervals(
              ordered.filter((row) => row.high > row.low && row.low > 0),
              { x: 'n', y1: 'low', y2: 'high', look: styles.get(label) },
            ),
            ...lineAndDots(ordered, { x: 'n', y: 'value', look: styles.get(label), line: Boolean(joined) }),
          ];
        }),
      });
    },
    describe: () => `${title}: ${series.length} series`,
    table: () => ({
      columns: ['Series', 'n', 'MSE', 'Lower', 'Upper'],
      numeric: [1, 2, 3, 4],
      rows: series.flatMap(({ label, rows }) =>
        rows.map((row) => [
          label,
          textOf(row.n),
          textOf(row.value),
          row.low > 0 ? textOf(row.low) : '',
          row.high > 0 ? textOf(row.high) : '',
        ]),
      ),
    }),
  });
  return chart;
}
