import { curveMonotoneX, line } from 'd3-shape';
import { h, s } from '../dom.js';
import { verdictPath } from '../verdicts.js';
import { layered } from './layout.js';
import { components, relatives } from './model.js';

const longest = 40;
const shortened = (text) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
const curve = line(
  (point) => point.x,
  (point) => point.y,
).curve(curveMonotoneX);
const isAssuming = (claim) => claim.assumes?.length > 0;

const ruler = document.createElement('canvas').getContext('2d');
function textWidth(text) {
  ruler.font = '12.5px "Inter Variable", sans-serif';
  return ruler.measureText(text).width;
}

/** Draws a graph ({nodes, edges} of `dependencyGraph`); pointing at a claim shows all that it rests on and supports. */
export function drawGraph(report, graph, shorten) {
  const label = (claim) => shortened(shorten(claim.id));
  const plan = layered(components(graph), (claim) => ({
    height: 26,
    width: Math.ceil(textWidth(label(claim)) * 1.04) + 38 + (isAssuming(claim) ? 22 : 0),
  }));
  const links = [];
  const boxes = new Map();
  const highlight = (at) => {
    const related = at && relatives(graph.edges, at);
    svg.classList.toggle('focused', Boolean(at));
    for (const [id, box] of boxes) box.classList.toggle('related', Boolean(related?.has(id)));
    for (const { element, from, to } of links)
      element.classList.toggle('related', Boolean(related?.has(from) && related.has(to)));
  };
  const drawLink = ({ from, to, points }) => {
    const weak = graph.nodes.get(from).verdict === 'refuted';
    const element = s('path', {
      d: curve(points),
      'marker-end': 'url(#arrow)',
      class: `link${weak ? ' from-refuted' : ''}`,
    });
    links.push({ element, from, to });
    return element;
  };
  const drawNode = (node) => {
    const { id } = node.claim;
    const box = nodeBox(node, label(node.claim), report.index.shaken.has(id));
    for (const event of ['pointerenter', 'focusin']) box.addEventListener(event, () => highlight(id));
    for (const event of ['pointerleave', 'focusout']) box.addEventListener(event, () => highlight(null));
    boxes.set(id, box);
    return box;
  };
  const svg = s(
    'svg',
    {
      class: 'graph',
      viewBox: `0 0 ${plan.width} ${plan.height}`,
      width: plan.width,
      height: plan.height,
      role: 'group',
      'aria-label': 'Claims and what they use',
    },
    s(
      'defs',
      null,
      s(
        'marker',
        { id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 6, markerHeight: 6, orient: 'auto' },
        s('path', { d: 'M0 .8 8 4 0 7.2Z' }),
      ),
    ),
    plan.parts.map((part) =>
      s('g', { transform: `translate(${part.x} ${part.y})` }, part.edges.map(drawLink), part.nodes.map(drawNode)),
    ),
  );
  return svg;
}

function nodeBox({ claim, x, y, width, height }, label, isShaken) {
  const words = [
    `${claim.verdict}: ${claim.id}`,
    isShaken && 'rests on a refuted claim',
    isAssuming(claim) && `assumes: ${claim.assumes.join('; ')}`,
  ].filter(Boolean);
  return s(
    'a',
    {
      href: `#claim/${claim.id}`,
      'aria-label': words.join('; '),
      transform: `translate(${x - width / 2} ${y - height / 2})`,
      class: `node verdict-${claim.verdict}${isShaken ? ' shaken' : ''}`,
    },
    s('title', null, [claim.statement, ...words.slice(1)].join('\n')),
    s('rect', { width, height, rx: 7 }),
    s('g', { transform: `translate(8 ${height / 2 - 7}) scale(.875)`, class: 'icon' }, verdictPath(claim.verdict)),
    s('text', { x: 28, y: height / 2 }, label),
    isAssuming(claim) &&
      s(
        'g',
        { class: 'assumes', 'aria-hidden': 'true', transform: `translate(${width - 25} ${height / 2 - 8})` },
        s('rect', { width: 18, height: 16, rx: 3 }),
        s('path', { d: 'M5.2 12.2 9 3.8 12.8 12.2M6.6 9.4H11.4' }),
      ),
  );
}
