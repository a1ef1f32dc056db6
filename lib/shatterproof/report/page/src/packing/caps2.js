import { BufferAttribute, BufferGeometry } from 'three';
import { surface } from './caps3.js';
import { capDepth, tipHeight } from './function.js';

/** Height in the scene of the value 1 of the function over the disc. */
const rise = 0.55;

/** A point of the disc with a height above it: the disc lies in the plane y = 0 of the scene. */
const lifted = (x, y, height) => [x, height * rise, -y];

/** The graph of the function over the caps of the disc: each a strip from its chord to its tip. */
export function capSheets(packing, kind, colourOf) {
  const depth = capDepth(packing);
  const [along, across] = [14, 18];
  const positions = [];
  const colours = [];
  const triangles = [];
  packing.centres.forEach(([ux, uy], i) => {
    const tip = tipHeight(kind, i, packing.empty?.[i]);
    const first = positions.length / 3;
    for (let row = 0; row <= along; row++) {
      const share = 1 - (1 - row / along) ** 2; // closer rows towards the tip, where the edge bends most
      const t = 1 - depth * (1 - share);
      const half = Math.sqrt(Math.max(0, 1 - t * t));
      const height = tip * share;
      for (let column = 0; column <= across; column++) {
        const side = half * ((2 * column) / across - 1);
        positions.push(...lifted(t * ux - side * uy, t * uy + side * ux, height + 0.002));
        colours.push(...colourOf(height, packing.empty?.[i]));
        if (row === along || column === across) continue;
        const here = first + row * (across + 1) + column;
        triangles.push(here, here + 1, here + across + 1, here + 1, here + across + 2, here + across + 1);
      }
    }
  });
  return surface(positions, colours, triangles);
}

/** Chords and arcs of the caps as line segments in the disc; `wanted(i)` picks the caps. */
export function capOutlines(packing, wanted) {
  const angle = Math.acos(1 - capDepth(packing));
  const steps = 16;
  const positions = [];
  packing.centres.forEach(([ux, uy], i) => {
    if (!wanted(i)) return;
    const middle = Math.atan2(uy, ux);
    const at = (turn) => lifted(Math.cos(turn), Math.sin(turn), 0.006);
    for (let step = 0; step < steps; step++) {
      positions.push(
        ...at(middle - angle + (2 * angle * step) / steps),
        ...at(middle - angle + (2 * angle * (step + 1)) / steps),
      );
    }
    positions.push(...at(middle - angle), ...at(middle + angle));
  });
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
  return geometry;
}

export const onDisc = ([x, y]) => lifted(x, y, 0.01);
