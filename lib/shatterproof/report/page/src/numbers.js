/**
 * A number to draw with, from whatever the document holds: a number, a decimal or a fraction as text, {lower, upper}
 * (its middle) or {mid, rad}. NaN if there is none. What is printed is always the document's own text (`textOf`).
 */
export function toNumber(value) {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') {
    if (/^-?inf$/.test(value)) return value === 'inf' ? Infinity : -Infinity;
    const [top, bottom] = value.split('/');
    return value.trim() === '' ? NaN : bottom === undefined ? Number(top) : Number(top) / Number(bottom);
  }
  if (value && typeof value === 'object') {
    if ('lower' in value && 'upper' in value) return (toNumber(value.lower) + toNumber(value.upper)) / 2;
    if ('mid' in value) return toNumber(value.mid);
    if ('value' in value) return toNumber(value.value);
  }
  return NaN;
}

/** Both ends of an enclosure, as numbers to draw with. */
export function endsOf(value) {
  if (value && typeof value === 'object' && 'lower' in value) return [toNumber(value.lower), toNumber(value.upper)];
  if (value && typeof value === 'object' && 'mid' in value) {
    return [toNumber(value.mid) - toNumber(value.rad), toNumber(value.mid) + toNumber(value.rad)];
  }
  return [toNumber(value), toNumber(value)];
}

/** The document's own text of a number: an enclosure as [lower, upper] or mid +/- rad. */
export function textOf(value) {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return typeof value === 'number' ? shortNumber(value) : String(value);
  if ('value' in value && 'lower' in value)
    return `${textOf(value.value)} in [${textOf(value.lower)}, ${textOf(value.upper)}]`;
  if ('lower' in value) return `[${value.lower}, ${value.upper}]`;
  if ('mid' in value) return `${value.mid} ± ${value.rad}`;
  return JSON.stringify(value);
}

/** A plotted number for reading: five digits, a power of ten where that is shorter. */
export function shortNumber(value) {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) {
    const [digits, exponent] = value.toExponential(3).split('e');
    return `${Number(digits)}e${Number(exponent)}`;
  }
  return String(Number(value.toPrecision(5)));
}

/** True for what a logarithmic axis can show. */
export const isPositive = (value) => Number.isFinite(value) && value > 0;

/** "1 claim", "2 claims". */
export const counted = (count, noun) => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
