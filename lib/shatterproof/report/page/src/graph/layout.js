import { Graph, layout } from '@dagrejs/dagre';

const gap = 28;

/**
 * Places every part of the graph in layers from left (what is used) to right (what uses it), and the parts on shelves
 * no wider than the widest part. Returns {width, height, parts: [{x, y, nodes, edges: [{from, to, points}]}]}; the
 * nodes are {claim, x, y, width, height}, their centre and size in pixels.
 */
export function layered(parts, sizeOf) {
  const placed = parts.map((part) => placePart(part, sizeOf));
  const widest = Math.max(0, ...placed.map(({ width }) => width));
  let x = 0;
  let y = 0;
  let shelf = 0;
  for (const part of placed) {
    if (x > 0 && x + part.width > widest) {
      x = 0;
      y += shelf + gap;
      shelf = 0;
    }
    part.x = x;
    part.y = y;
    x += part.width + gap;
    shelf = Math.max(shelf, part.height);
  }
  return { width: widest, height: y + shelf, parts: placed };
}

function placePart({ nodes, edges }, sizeOf) {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 7, ranksep: 64, edgesep: 6, marginx: 4, marginy: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, { ...sizeOf(node) });
  for (const [from, to] of edges) graph.setEdge(from, to);
  layout(graph);
  const { width, height } = graph.graph();
  return {
    width,
    height,
    nodes: nodes.map((node) => ({ claim: node, ...graph.node(node.id) })),
    edges: edges.map(([from, to]) => ({ from, to, points: graph.edge(from, to).points })),
  };
}
