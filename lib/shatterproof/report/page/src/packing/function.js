import { toNumber } from '../numbers.js';

/**
 * The functions that live on a packing, as the height at the tip of each cap: f = sum xi_i relu(<u_i, x> - (1 - h)) / h
 * with h = eps^2 rises from 0 at the edge of cap i to xi_i at its tip.
 */
export const functions = [
  ['empty', 'f_Γ: the empty caps only'],
  ['signs', 'f_ξ: every cap, with signs'],
  ['none', 'none'],
];

/** Signs that look like coin tosses and are the same every time. */
const signOf = (i) => ((Math.imul(i + 1, 0x9e3779b1) >>> 15) & 1 ? 1 : -1);

/** The height at the tip of cap i, in [-1, 1]. */
export function tipHeight(kind, i, isEmpty) {
  if (kind === 'none' || (kind === 'empty' && !isEmpty)) return 0;
  return kind === 'empty' ? 1 : signOf(i);
}

/** Depth h of the caps of a packing. */
export const capDepth = (packing) => toNumber(packing.eps) ** 2;
