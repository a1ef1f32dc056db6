import { BufferAttribute, BufferGeometry, Vector3 } from 'three';
import { capDepth, tipHeight } from './function.js';

/** How far a tip of height 1 stands out of the unit sphere. */
const rise = 0.28;
/** Caps lie a little above the sphere, so that it does not cut through them. */
const lift = 1.004;

/** Two unit vectors that make an orthonormal frame with u. */
export function frameOf(u) {
  const helper = Math.abs(u.x) < 0.7 ? new Vector3(1, 0, 0) : new Vector3(0, 1, 0);
  const e = new Vector3().crossVectors(u, helper).normalize();
  return [e, new Vector3().crossVectors(u, e)];
}

/** All caps on the sphere as one surface: each a fan of rings, displaced along the radius by the function. */
export function capSurface(packing, kind, colourOf) {
  const angle = Math.acos(1 - capDepth(packing));
  const [rings, spokes] = packing.centres.length > 250 ? [4, 14] : [9, 40];
  const positions = [];
  const colours = [];
  const triangles = [];
  packing.centres.forEach((centre, i) => {
    const u = new Vector3(...centre).normalize();
    const [e, f] = frameOf(u);
    const tip = tipHeight(kind, i, packing.empty?.[i]);
    const first = positions.length / 3;
    for (let ring = 0; ring <= rings; ring++) {
      const polar = (angle * ring) / rings;
      const share = (Math.cos(polar) - 1) / capDepth(packing) + 1; // relu(cos - (1 - h)) / h
      const height = tip * Math.max(0, share);
      for (let spoke = 0; spoke < spokes; spoke++) {
        const around = (2 * Math.PI * spoke) / spokes;
        const point = u
          .clone()
          .multiplyScalar(Math.cos(polar))
          .addScaledVector(e, Math.sin(polar) * Math.cos(around))
          .addScaledVector(f, Math.sin(polar) * Math.sin(around))
          .multiplyScalar(lift + rise * height);
        positions.push(point.x, point.y, point.z);
        colours.push(...colourOf(height, packing.empty?.[i]));
        if (ring === rings) continue;
        const here = first + ring * spokes + spoke;
        const next = first + ring * spokes + ((spoke + 1) % spokes);
        triangles.push(here, here + spokes, next, next, here + spokes, next + spokes);
      }
    }
  });
  return surface(positions, colours, triangles);
}

/** Triangles with a colour at every corner, smoothly shaded. */
export function surface(positions, colours, triangles) {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
  geometry.setAttribute('color', new BufferAttribute(new Float32Array(colours), 3));
  geometry.setIndex(triangles);
  geometry.computeVertexNormals();
  return geometry;
}

/** The edges of all caps as line segments; `wanted(i)` picks the caps. */
export function capEdges(packing, wanted) {
  const angle = Math.acos(1 - capDepth(packing));
  const steps = packing.centres.length > 250 ? 20 : 48;
  const positions = [];
  packing.centres.forEach((centre, i) => {
    if (!wanted(i)) return;
    const u = new Vector3(...centre).normalize();
    const [e, f] = frameOf(u);
    const at = (step) =>
      u
        .clone()
        .multiplyScalar(Math.cos(angle))
        .addScaledVector(e, Math.sin(angle) * Math.cos((2 * Math.PI * step) / steps))
        .addScaledVector(f, Math.sin(angle) * Math.sin((2 * Math.PI * step) / steps))
        .multiplyScalar(lift + 0.002);
    for (let step = 0; step < steps; step++) positions.push(...at(step).toArray(), ...at(step + 1).toArray());
  });
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
  return geometry;
}
