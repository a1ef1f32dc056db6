import { checkbox, choice, dataTable, h } from '../dom.js';
import { cosineFigure } from '../charts/cosines.js';
import { counted, shortNumber, textOf, toNumber } from '../numbers.js';
import { whenNear } from '../schedule.js';
import { functions } from './function.js';
import { PackingScene } from './scene.js';

const step = Math.PI / 24;
const keys = {
  ArrowLeft: [-step, 0],
  ArrowRight: [step, 0],
  ArrowUp: [0, step],
  ArrowDown: [0, -step],
  '+': [0, 0, 1.12],
  '=': [0, 0, 1.12],
  '-': [0, 0, 1 / 1.12],
};

/** The packings: the drawing in dimensions 2 and 3, the histogram of inner products in all. */
export function packingSection(report) {
  const { packings } = report;
  const state = { packing: mostTelling(packings), kind: 'empty', samples: true };
  const words = h('p', { class: 'lead' });
  const view = packingView(state);
  const cosines = cosineFigure(() => state.packing);
  const picker = choice(
    'Packing',
    packings.map((packing, i) => [String(i), nameOf(packing)]),
    (i) => {
      state.packing = packings[Number(i)];
      show();
    },
    String(packings.indexOf(state.packing)),
  );
  function show() {
    words.textContent = inWords(state.packing);
    view.show();
    cosines.redraw();
  }
  const pair = h('div', { class: 'pair packing' }, view.element, cosines.element);
  words.textContent = inWords(state.packing);
  whenNear(pair, show);
  return [h('div', { class: 'controls' }, picker), words, pair];
}

/** The packing to begin with: of the ball in three dimensions with empty caps, if there is one. */
function mostTelling(packings) {
  return (
    packings.find((packing) => packing.d === 3 && emptyOf(packing) > 0) ??
    packings.find((packing) => packing.d === 3) ??
    packings[0]
  );
}

const nameOf = ({ d, eps, family, count }) =>
  [`d = ${d}`, `ε = ${eps}`, `${count} caps`, family].filter(Boolean).join(', ');
const emptyOf = (packing) => (packing.empty ?? []).filter(Boolean).length;

function inWords(packing) {
  const { d, eps, count, samples, certified, max_cosine: cosine } = packing;
  const drawn =
    packing.centres?.length > 0 && packing.centres.length < Number(count)
      ? ` (${packing.centres.length} of them drawn)`
      : '';
  const parts = [
    `${`${count} caps`} of parameter ε = ${eps} on the unit ball of dimension ${d}${drawn}; ${certified ? 'their disjointness is proved' : 'their disjointness is not proved'}.`,
  ];
  if (cosine) parts.push(`The largest inner product of two centres is ${inDecimals(cosine)}.`);
  if (samples?.length > 0)
    parts.push(`${counted(samples.length, 'sample')}: ${emptyOf(packing)} of the caps hold none.`);
  return parts.join(' ');
}

/** An exact fraction with its value beside it. */
function inDecimals(exact) {
  const value = toNumber(exact);
  return String(exact).includes('/') && Number.isFinite(value)
    ? `${exact} (about ${shortNumber(value)})`
    : textOf(exact);
}

function packingView(state) {
  const canvas = h('canvas', { tabindex: 0, role: 'img', 'aria-label': inWords(state.packing) });
  const stage = h('div', { class: 'stage' }, canvas);
  const instead = h('p', { class: 'nothing', hidden: true });
  const chooser = choice(
    'Function as height and colour',
    functions,
    (kind) => {
      state.kind = kind;
      show();
    },
    state.kind,
  );
  const controls = h(
    'div',
    { class: 'controls' },
    chooser,
    checkbox('Samples', state.samples, (checked) => {
      state.samples = checked;
      show();
    }),
  );
  const key = h(
    'ul',
    { class: 'key' },
    h('li', { class: 'key-full' }, 'cap with samples'),
    h('li', { class: 'key-empty' }, 'empty cap'),
    h('li', { class: 'key-high' }, 'function > 0'),
    h('li', { class: 'key-low' }, 'function < 0'),
    h('li', { class: 'key-sample' }, 'sample'),
  );
  const help = h(
    'p',
    { class: 'muted' },
    'Turn it with the mouse or the arrow keys, come nearer with the wheel or + and −; Home turns it back.',
  );
  const centres = h('details', { class: 'as-table' });
  let scene = null;

  function show() {
    const drawable = (state.packing.d === 2 || state.packing.d === 3) && state.packing.centres?.length > 0;
    instead.hidden = drawable;
    for (const part of [stage, controls, key, help, centres]) part.hidden = !drawable;
    if (!drawable) {
      instead.textContent =
        state.packing.d > 3
          ? 'The ball of this dimension cannot be drawn; the histogram shows how its centres stand to each other.'
          : 'The document holds no centres to draw.';
      return;
    }
    const noneEmpty = emptyOf(state.packing) === 0;
    chooser.querySelector('option[value=empty]').disabled = noneEmpty;
    if (noneEmpty && state.kind === 'empty') state.kind = 'signs'; // f_Γ would be zero
    chooser.querySelector('select').value = state.kind;
    canvas.setAttribute(
      'aria-label',
      `${inWords(state.packing)} The function drawn: ${functions.find(([kind]) => kind === state.kind)[1]}.`,
    );
    fillCentres(centres, state.packing);
    try {
      scene ??= new PackingScene(canvas);
      fit();
      scene.show(state.packing, state.kind, state.samples);
    } catch (error) {
      stage.hidden = help.hidden = true;
      instead.hidden = false;
      instead.textContent = `This browser gives no WebGL to draw with (${error.message}). The centres are in the table below.`;
    }
  }
  const fit = () => {
    if (scene && stage.clientWidth > 0) scene.resize(stage.clientWidth, stage.clientHeight);
  };
  new ResizeObserver(fit).observe(stage);
  document.addEventListener('themechange', () => {
    if (scene && !stage.hidden) scene.show(state.packing, state.kind, state.samples);
  });
  canvas.addEventListener('keydown', (event) => {
    if (!scene) return;
    if (event.key === 'Home') scene.home();
    else if (keys[event.key]) scene.turn(...keys[event.key]);
    else return;
    event.preventDefault();
  });
  return {
    show,
    element: h('figure', null, h('h3', null, 'The packing on the ball'), controls, stage, instead, key, help, centres),
  };
}

function fillCentres(details, packing) {
  const summary = h('summary', null, `The centres (${counted(packing.centres.length, 'row')})`);
  details.replaceChildren(summary);
  details.open = false;
  details.ontoggle = () => {
    if (!details.open || details.children.length > 1) return;
    const axes = ['x', 'y', 'z'].slice(0, packing.d);
    details.append(
      dataTable(
        'Centres of the caps',
        [...axes, 'Cap'],
        packing.centres.map((centre, i) => [...centre.map(textOf), packing.empty?.[i] ? 'empty' : 'holds samples']),
        axes.map((_, i) => i),
      ),
    );
  };
}
