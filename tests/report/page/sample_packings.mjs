// The packings of the sample document.
import { gauss } from './sample_random.mjs';

function ballSample(random, d) {
  const direction = Array.from({ length: d }, () => gauss(random));
  const norm = Math.hypot(...direction);
  const radius = random() ** (1 / d);
  return direction.map((x) => (radius * x) / norm);
}

function cosinesOf(centres, cells = 40) {
  const counts = new Array(cells).fill(0);
  let most = -1;
  centres.forEach((a, i) =>
    centres.slice(0, i).forEach((b) => {
      const cosine = a.reduce((sum, x, k) => sum + x * b[k], 0);
      most = Math.max(most, cosine);
      counts[Math.min(cells - 1, Math.max(0, Math.floor(((cosine + 1) / 2) * cells)))] += 1;
    }),
  );
  return {
    cosines: { edges: Array.from({ length: cells + 1 }, (_, i) => -1 + (2 * i) / cells), counts, pairs: 'all pairs' },
    max_cosine: most.toPrecision(10),
  };
}

function packing(d, eps, centres, samples, family) {
  const [top, bottom] = eps.split('/').map(Number);
  const edge = 1 - (top / bottom) ** 2;
  const isEmpty = (u) => !samples.some((x) => x.reduce((sum, value, k) => sum + value * u[k], 0) > edge);
  return {
    d,
    eps,
    family,
    count: String(centres.length),
    certified: true,
    ...(d <= 3 ? { centres, samples, empty: centres.map(isEmpty) } : {}),
    ...cosinesOf(centres),
  };
}

function greedySphere(random, most) {
  const centres = [];
  for (let tries = 0; tries < 20000; tries++) {
    const point = ballSample(random, 3);
    const norm = Math.hypot(...point);
    const unit = point.map((x) => x / norm);
    if (centres.every((u) => u.reduce((sum, x, k) => sum + x * unit[k], 0) <= most)) centres.push(unit);
  }
  return centres;
}

function rootsE8() {
  const roots = [];
  for (let i = 0; i < 8; i++)
    for (let j = 0; j < i; j++)
      for (const [a, b] of [
        [1, 1],
        [1, -1],
        [-1, 1],
        [-1, -1],
      ]) {
        const root = new Array(8).fill(0);
        root[i] = a * Math.SQRT1_2;
        root[j] = b * Math.SQRT1_2;
        roots.push(root);
      }
  for (let signs = 0; signs < 256; signs++) {
    const root = Array.from({ length: 8 }, (_, k) => ((signs >> k) & 1 ? -1 : 1) * Math.sqrt(1 / 8));
    if (root.filter((x) => x < 0).length % 2 === 0) roots.push(root);
  }
  return roots;
}

/** Packings of the sphere, the ball and the disc, with samples from the generator. */
export function packings(random) {
  const sample = (d, n) => Array.from({ length: n }, () => ballSample(random, d));
  const h = 1 / 25;
  const polygon = Array.from({ length: 11 }, (_, i) => [
    Math.cos((2 * Math.PI * i) / 11),
    Math.sin((2 * Math.PI * i) / 11),
  ]);
  return [
    packing(3, '1/5', greedySphere(random, 1 - 4 * h + 2 * h * h), sample(3, 500), 'greedy'),
    packing(2, '1/5', polygon, sample(2, 120), 'polygon'),
    packing(8, '1/3', rootsE8(), [], 'roots of E8'),
  ];
}
