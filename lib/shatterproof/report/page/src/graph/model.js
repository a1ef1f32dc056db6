/**
 * The graph of dependencies: `nodes`, the claims by id that use another one or are used; `edges` [used, user]; the
 * other claims in `alone`; and `assumptions`, the claims by the text that they assume.
 */
export function dependencyGraph(report) {
  const { byId, usedBy } = report.index;
  const nodes = new Map();
  const edges = [];
  const alone = [];
  const assumptions = new Map();
  for (const claim of report.claims) {
    const uses = (claim.uses ?? []).filter((id) => byId.has(id) && id !== claim.id);
    for (const text of claim.assumes ?? []) assumptions.set(text, [...(assumptions.get(text) ?? []), claim]);
    if (uses.length + usedBy.get(claim.id).length === 0) alone.push(claim);
    else nodes.set(claim.id, claim);
    for (const id of uses) edges.push([id, claim.id]);
  }
  return { nodes, edges, alone, assumptions };
}

/** The parts of the graph that hang together, the largest first; each {nodes: [...], edges: [...]}. */
export function components({ nodes, edges }) {
  const neighbours = new Map([...nodes.keys()].map((key) => [key, []]));
  for (const [from, to] of edges) {
    neighbours.get(from).push(to);
    neighbours.get(to).push(from);
  }
  const part = new Map();
  const parts = [];
  for (const key of nodes.keys()) {
    if (part.has(key)) continue;
    const found = { nodes: [], edges: [] };
    const open = [key];
    part.set(key, found);
    while (open.length > 0) {
      const at = open.pop();
      found.nodes.push(nodes.get(at));
      for (const next of neighbours.get(at)) {
        if (part.has(next)) continue;
        part.set(next, found);
        open.push(next);
      }
    }
    parts.push(found);
  }
  for (const edge of edges) part.get(edge[0]).edges.push(edge);
  return parts.sort((a, b) => b.nodes.length - a.nodes.length);
}

/** The part of the graph that is refuted or assumes something, with all that rests on it. */
export function weakPart({ nodes, edges }) {
  const kept = new Set(
    [...nodes.values()].filter((claim) => claim.verdict === 'refuted' || claim.assumes?.length > 0).map(({ id }) => id),
  );
  for (const at of kept) for (const [from, to] of edges) if (from === at) kept.add(to);
  return {
    nodes: new Map([...nodes].filter(([id]) => kept.has(id))),
    edges: edges.filter(([from, to]) => kept.has(from) && kept.has(to)),
  };
}

/** All that `key` rests on and all that rests on it, with itself. */
export function relatives(edges, key) {
  const reach = (from, to) => {
    const next = new Map();
    for (const edge of edges) next.set(edge[from], [...(next.get(edge[from]) ?? []), edge[to]]);
    const seen = new Set([key]);
    for (const at of seen) for (const other of next.get(at) ?? []) seen.add(other);
    return seen;
  };
  return new Set([...reach(0, 1), ...reach(1, 0)]);
}
