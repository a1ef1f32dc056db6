import { h, s } from './dom.js';

/** The verdicts in the order in which they are told, each with its meaning and the strokes of its icon (16 x 16). */
export const verdicts = [
  {
    name: 'proved',
    meaning: 'holds for every instance in the stated range, by exact or ball arithmetic',
    icon: 'M3.2 8.5 6.6 12 13 4.5',
  },
  { name: 'refuted', meaning: 'a certified counterexample lies in the range', icon: 'M4 4 12 12 M12 4 4 12' },
  {
    name: 'vacuous',
    meaning: 'true, but empty: a constant in it is trivial there',
    icon: 'M8 3.200A4.8 4.8 0 1 0 8 12.8 4.8 4.8 0 1 0 8 3.200M3.5 13 12.5 3',
  },
  {
    name: 'supported',
    meaning: 'no proof: a random or numerical experiment agrees',
    icon: 'M2.5 6.500C5 3.5 7 4.5 8 5.500S11 7.5 13.5 4.500M2.5 11.500C5 8.5 7 9.5 8 10.500S11 12.5 13.5 9.5',
  },
  {
    name: 'undecided',
    meaning: 'the effort or the precision did not suffice',
    icon: 'M5.2 5.600C5.2 2.5 10.8 2.5 10.8 5.8 10.8 8 8 8 8 10.200M8 12.700V13.2',
  },
];

const unknown = { name: 'unknown', meaning: '', icon: 'M4 8H12' };
export const verdictOf = (name) => verdicts.find((verdict) => verdict.name === name) ?? unknown;

/** The icon as the inner part of an SVG drawing. */
export function verdictPath(name) {
  return s('path', {
    d: verdictOf(name).icon,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 2,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
}

export function verdictIcon(name) {
  return s(
    'svg',
    { class: 'icon', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' },
    verdictPath(name),
  );
}

/** Icon and word, in the verdict's colour. */
export function badge(name) {
  return h('span', { class: `badge verdict-${verdictOf(name).name}` }, verdictIcon(name), h('span', null, name));
}
