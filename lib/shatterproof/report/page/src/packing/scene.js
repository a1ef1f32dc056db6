import {
  AmbientLight,
  BufferAttribute,
  BufferGeometry,
  CircleGeometry,
  Color,
  DirectionalLight,
  DoubleSide,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  PerspectiveCamera,
  Points,
  PointsMaterial,
  Scene,
  SphereGeometry,
  WebGLRenderer,
} from 'three';
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js';
import { cssColour } from '../theme.js';
import { capOutlines, capSheets, onDisc } from './caps2.js';
import { capEdges, capSurface } from './caps3.js';

const start = [1.75, 1.7, 3.9];

/** Draws a packing of the disc or the ball into a canvas. Throws when the browser gives no WebGL. */
export class PackingScene {
  constructor(canvas) {
    this.canvas = canvas;
    this.renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true, preserveDrawingBuffer: true });
    this.camera = new PerspectiveCamera(36, 1, 0.1, 20);
    this.controls = new OrbitControls(this.camera, canvas);
    Object.assign(this.controls, { enablePan: false, minDistance: 2, maxDistance: 9, rotateSpeed: 0.8 });
    this.controls.addEventListener('change', () => this.render());
    this.home();
  }

  /** Builds the scene anew: packing, function ("empty", "signs", "none"), and whether samples show. */
  show(packing, kind, withSamples) {
    this.scene?.traverse((object) => {
      object.geometry?.dispose();
      object.material?.dispose();
    });
    this.scene = new Scene();
    const flat = packing.d === 2;
    this.#lights();
    this.#body(flat);
    const colourOf = valueColours();
    const geometry = flat ? capSheets(packing, kind, colourOf) : capSurface(packing, kind, colourOf);
    this.scene.add(new Mesh(geometry, new MeshLambertMaterial({ vertexColors: true, side: DoubleSide })));
    const edges = flat ? capOutlines : capEdges;
    const isEmpty = (i) => Boolean(packing.empty?.[i]);
    this.#lines(
      edges(packing, (i) => !isEmpty(i)),
      '--cap-edge',
    );
    this.#lines(edges(packing, isEmpty), '--cap-empty');
    if (withSamples && packing.samples?.length > 0) this.#samples(packing.samples, flat);
    this.render();
  }

  home() {
    this.camera.position.set(...start);
    this.camera.zoom = 1;
    this.camera.updateProjectionMatrix();
    this.controls.target.set(0, 0, 0);
    this.controls.update();
  }

  /** Turns by angles in radians and brings the camera nearer by a factor. */
  turn(sideways, upwards, nearer = 1) {
    const { x, y, z } = this.camera.position;
    const distance = Math.min(9, Math.max(2, Math.hypot(x, y, z) / nearer));
    const azimuth = Math.atan2(x, z) + sideways;
    const height = Math.min(1.5, Math.max(-1.5, Math.asin(y / Math.hypot(x, y, z)) + upwards));
    this.camera.position.set(
      distance * Math.cos(height) * Math.sin(azimuth),
      distance * Math.sin(height),
      distance * Math.cos(height) * Math.cos(azimuth),
    );
    this.controls.update();
    this.render();
  }

  resize(width, height) {
    this.renderer.setPixelRatio(Math.min(2, devicePixelRatio));
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.render();
  }

  render() {
    if (this.scene) this.renderer.render(this.scene, this.camera);
  }

  #lights() {
    this.scene.add(new AmbientLight(0xffffff, 1.7));
    const sun = new DirectionalLight(0xffffff, 1.6);
    sun.position.set(2, 3, 2.5);
    this.scene.add(sun);
  }

  #body(flat) {
    const material = new MeshBasicMaterial({
      color: cssColour('--ball'),
      transparent: true,
      opacity: flat ? 0.16 : 0.2,
      depthWrite: false,
      side: DoubleSide,
    });
    const body = new Mesh(flat ? new CircleGeometry(1, 128) : new SphereGeometry(1, 96, 48), material);
    if (flat) body.rotation.x = -Math.PI / 2;
    this.scene.add(body);
    const rim = [];
    for (let step = 0; step < 180; step++)
      for (const at of [step, step + 1]) {
        rim.push(Math.cos((at * Math.PI) / 90), 0, Math.sin((at * Math.PI) / 90));
      }
    if (flat)
      this.#lines(
        new BufferGeometry().setAttribute('position', new BufferAttribute(new Float32Array(rim), 3)),
        '--cap-edge',
      );
  }

  #lines(geometry, colour) {
    this.scene.add(new LineSegments(geometry, new LineBasicMaterial({ color: cssColour(colour) })));
  }

  #samples(samples, flat) {
    const positions = new Float32Array(samples.flatMap((sample) => (flat ? onDisc(sample) : sample)));
    const geometry = new BufferGeometry().setAttribute('position', new BufferAttribute(positions, 3));
    this.scene.add(new Points(geometry, new PointsMaterial({ color: cssColour('--sample'), size: 0.028 })));
  }
}

/** Colours by value: positive and negative apart, a cap on which the function is 0 pale, an empty one warmer. */
function valueColours() {
  const [high, low, full, empty] = ['--cap-high', '--cap-low', '--cap-full', '--cap-empty-pale'].map(
    (name) => new Color(cssColour(name)),
  );
  return (value, isEmpty) => {
    const base = isEmpty ? empty : full;
    return base
      .clone()
      .lerp(value < 0 ? low : high, Math.min(1, Math.abs(value) * 1.1))
      .toArray();
  };
}
