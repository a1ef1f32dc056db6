// A report document with every section, after lib/shatterproof/report/report.schema.json, made from closed formulas
// and a seeded generator: for the tests of the page, which are about drawing and not about the figures.
import { claimsFromNotes } from './sample_claims.mjs';
import { packings } from './sample_packings.mjs';
import { gauss, generator } from './sample_random.mjs';

const enclosed = (value) => ({
  lower: (value * (1 - 1e-10)).toPrecision(12),
  upper: (value * (1 + 1e-10)).toPrecision(12),
});
const dims = Array.from({ length: 64 }, (_, i) => i + 1);

function constants() {
  const one = (id, stated, sharp) => ({
    id,
    name: id,
    claim: 'stable-minima/E.2/upper',
    variable: 'd',
    side: 'sup',
    points: dims.map((d) => ({
      d,
      stated: enclosed(stated(d)),
      sharp: enclosed(sharp(d)),
      slack: stated(d) / sharp(d),
    })),
  });
  const c3 = (d) => 2 ** ((d + 2) / 2) / Math.sqrt(d + 1);
  return [
    one('c3, the tail from above', c3, (d) => c3(d) / Math.SQRT2),
    one(
      'c2, the tail from below',
      (d) => 0.3 * 1.32 ** d,
      (d) => 0.3 * 1.32 ** d * (1.1 + d / 300),
    ),
    one(
      'c5, the weight from below',
      (d) => 0.02 * 0.8 ** d,
      (d) => 0.02 * 0.83 ** d * 3,
    ),
    one(
      'R + 1 of Theorem 3.2',
      () => 2,
      () => Math.SQRT1_2,
    ),
  ];
}

function packingBounds() {
  return ['1/2', '1/5', '1/10'].map((eps) => {
    const [top, bottom] = eps.split('/').map(Number);
    return {
      eps,
      points: dims.slice(1, 16).map((d) => {
        const upper = 1.8 * (bottom / top) ** (d - 1);
        const count = Math.max(2, Math.floor(upper * 0.9 ** d));
        const scale = (top / bottom) ** (d - 1);
        return {
          d,
          count: String(count),
          c_lower: enclosed(count * scale),
          c_upper: enclosed(upper * scale),
          upper_name: 'Levenshtein',
          lower: String(Math.max(2, Math.floor(upper * 0.5 ** d))),
          upper: upper.toPrecision(8),
          family: 'wrapped lattice, distance 2',
        };
      }),
    };
  });
}

function bounds() {
  const sizes = Array.from({ length: 13 }, (_, i) => 10 ** (2 + i / 2));
  return [1, 2, 3, 5, 8, 12].map((d) => ({
    d,
    sigma: '1',
    eta: '1/10',
    B: '1',
    C: '1',
    delta: '1/20',
    points: sizes.map((n) => ({
      n: Math.round(n),
      computed: d !== 1 || n > 100,
      upper_stated: 40 * n ** (-1 / (2 * d + 4)),
      upper_explicit: 90 * n ** (-2 / (3 * d + 7)),
      ...(d > 1 && n > 1e3 ? { lower_fano: 0.002 * n ** (-2 / (d + 1)) } : {}),
      ...(d > 1 ? { lower_assouad: 0.03 * n ** (-2 / (d + 1)) } : {}),
      lower_bayes: 0.05 * n ** (-2 / (d + 1)),
      lower_fixed: 0.004 * n ** (-2 / (d + 1)),
      ...(n <= 1e4
        ? {
            measured_mse: {
              value: 0.6 * n ** (-1.6 / (d + 3)),
              lower: 0.5 * n ** (-1.6 / (d + 3)),
              upper: 0.72 * n ** (-1.6 / (d + 3)),
            },
          }
        : {}),
    })),
  }));
}

const boundKinds = [
  ['upper_stated', 'Theorem 3.6', 'upper', true],
  ['upper_explicit', 'Theorem 3.6, every constant explicit', 'upper', false],
  ['lower_fano', 'Proposition H.5, Fano', 'lower', true],
  ['lower_assouad', 'Assouad on the cube', 'lower', false],
  ['lower_bayes', 'exact Bayes risk of the cube', 'lower', false],
  ['lower_fixed', 'stable for every sample', 'lower', false],
  ['measured_mse', 'gradient descent', 'measured', false],
].map(([key, label, side, stated]) => ({ key, label, side, stated, source: 'Liang et al. 2025' }));

function flatness() {
  return ['trained for 4000 epochs', 'at the start'].map((name, i) => {
    const lambda = i ? 41.2 : 18.4;
    const values = [lambda / 2 - 4, lambda / 2 - 3.1, lambda / 2 - 0.9, lambda / 2 - 0.5, lambda / 2 + 1.4];
    return {
      name,
      d: 3,
      n: 64,
      K: 32,
      eta: '1/10',
      lambda_max: enclosed(lambda),
      two_over_eta: '20',
      method: 'Temple-Kato in fixed point',
      stable: i ? 'refuted' : 'proved',
      spectrum: Array.from({ length: 40 }, (_, k) => lambda * 0.85 ** k - 0.02 * k),
      chain: [
        '|f|_Vg <= path sum',
        'path sum <= (||gbar||^2 - 1)/2',
        '<= lambda_max/2 - 1/2 + max ||s_k||/2',
        '<= ... + (R+1) sqrt(2L)',
      ].map((link, k) => ({
        name: link,
        left: enclosed(values[k]),
        right: enclosed(values[k + 1]),
        slack: enclosed(values[k + 1] - values[k]),
        verdict: 'proved',
      })),
    };
  });
}

function runs(random, count) {
  const epochs = [0, 1, 3, 10, 30, 100, 300, 1000, 2000, 3000, 4000];
  return Array.from({ length: count }, (_, i) => {
    const n = [32, 64, 128, 256, 512][i % 5];
    const d = [2, 5][Math.floor(i / 5) % 2];
    const eta = [0.9, 0.2][Math.floor(i / 10) % 2];
    return {
      name: `d = ${d}, n = ${n}, eta = ${eta}, seed ${1 + Math.floor(i / 20)}`,
      d,
      n,
      width: 256,
      eta,
      decay: 0,
      epochs,
      loss: epochs.map((epoch) => 0.7 / (1 + epoch / 90) + 0.02 * random()),
      lambda_max: epochs.map((epoch) => (2 / eta) * (1 + (epoch < 10 ? 8 / (1 + epoch) : 0.04 * gauss(random)))),
      two_over_eta: 2 / eta,
      neurons: {
        activation: Array.from({ length: 256 }, () => random() ** 3),
        norm: Array.from({ length: 256 }, () => random() ** 2 * 2),
      },
      mse: 0.9 * n ** (-1.2 / (d + 1)) * (0.8 + 0.4 * random()),
    };
  });
}

function experiments() {
  return [1, 2].map((i) => ({
    id: `E${i}`,
    title: 'a large step without decay against a small one with decay',
    scale: 'small',
    choices: 'start: kaiming-normal',
    mse_name: 'MSE on the training inputs',
    runs: 36,
    left_out: i === 1 ? 0 : 2,
    findings: [
      {
        name: 'activation',
        statement: 'large step: the live neurons are active on at most 10 % of the samples',
        opinion: 'agrees',
        ours: 'median 0.031 in [0.021, 0.058]',
        confidence: '0.998',
        paper: 'at most 10 %',
      },
      {
        name: 'correlation',
        statement: 'activation and |v||w| are negatively correlated',
        opinion: 'open',
        ours: 'median 0.70 in [0.03, 0.78]',
        confidence: '',
        paper: 'large norms at small activation',
      },
    ],
    series:
      i === 1
        ? []
        : [1, 3, 5].map((d) => ({
            label: 'large step',
            group: 'eta=0.9',
            d,
            sigma: 1,
            eta: 0.9,
            decay: 0,
            slope: { value: -1.2 / (d + 1), lower: -1.4 / (d + 1), upper: -1 / (d + 1) },
            points: [32, 64, 128, 256].map((n) => ({
              n,
              mse: n ** (-1.2 / (d + 1)),
              lower: 0.8 * n ** (-1.2 / (d + 1)),
              upper: 1.25 * n ** (-1.2 / (d + 1)),
            })),
          })),
  }));
}

/** The document: all claims and notes of the repository at `root`, `runCount` training runs, something in every section. */
export function sampleDocument(root, runCount = 50) {
  const random = generator(7);
  return {
    schema: 'shatterproof-report/1',
    program: { version: '0.1.0' },
    title: 'Stable Minima of ReLU Neural Networks',
    ...claimsFromNotes(root),
    constants: constants(),
    packing_bounds: packingBounds(),
    bounds: bounds(),
    bound_kinds: boundKinds,
    bounds_nonvacuous: bounds().flatMap(({ d }) =>
      boundKinds.slice(0, 6).map(({ key }, i) => ({ d, key, n: (10 ** (2 + d / 2 + i)).toPrecision(4) })),
    ),
    packings: packings(random),
    flatness: flatness(),
    runs: runs(random, runCount),
    experiments: experiments(),
  };
}
