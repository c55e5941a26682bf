import type { GraphEdge, GraphItem } from '@/server/schemas/provenance';

export const NODE_WIDTH = 208;
export const NODE_HEIGHT = 44;
export const COLUMN_STEP = 276;
export const ROW_STEP = 56;
export const MARGIN = 24;

export interface PlacedNode {
  item: GraphItem;
  /** Steps from the first node; before it negative. */
  depth: number;
  row: number;
  x: number;
  y: number;
}

export interface GraphLayout {
  nodes: Map<string, PlacedNode>;
  /** From left, what came first, to right; each from top to bottom. */
  columns: PlacedNode[][];
  edgesOf: Map<string, GraphEdge[]>;
  width: number;
  height: number;
}

/**
 * Columns by the number of steps from the first node, in the direction of time. Within a column nodes stand near those through
 * which they were reached: by the mean row of their neighbours in the column before (Sugiyama's barycentres, one sweep outwards).
 */
export function layOut(items: ReadonlyMap<string, GraphItem>, edges: Iterable<GraphEdge>, root: string): GraphLayout {
  const edgesOf = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    if (!items.has(edge.from) || !items.has(edge.to)) continue;
    addTo(edgesOf, edge.from, edge);
    addTo(edgesOf, edge.to, edge);
  }
  const depths = depthsFrom(root, edgesOf);
  const byDepth = new Map<number, string[]>();
  for (const [id, depth] of depths) addTo(byDepth, depth, id);
  return place(items, byDepth, edgesOf);
}

function addTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** By the longest way, so that edges lead from left to right; by the shortest where nodes go round in a circle. */
function depthsFrom(root: string, edgesOf: ReadonlyMap<string, GraphEdge[]>): Map<string, number> {
  const shortest = new Map([[root, 0]]);
  const queue = [root];
  for (let at = 0; at < queue.length; at++) {
    const id = queue[at]!;
    for (const { from, to } of edgesOf.get(id) ?? []) {
      const other = from === id ? to : from;
      if (shortest.has(other)) continue;
      shortest.set(other, shortest.get(id)! + (from === id ? 1 : -1));
      queue.push(other);
    }
  }
  const order = inOrder(queue, edgesOf);
  return order.length < queue.length ? shortest : longestWays(root, order, edgesOf);
}

/** Each node after all that lead to it (Kahn, 1962); those of a circle are missing. */
function inOrder(ids: readonly string[], edgesOf: ReadonlyMap<string, GraphEdge[]>): string[] {
  const before = new Map(ids.map((id) => [id, 0]));
  const outgoing = (id: string) => (edgesOf.get(id) ?? []).filter((edge) => edge.from === id);
  for (const id of ids) for (const { to } of outgoing(id)) before.set(to, before.get(to)! + 1);
  const order = ids.filter((id) => before.get(id) === 0);
  for (let at = 0; at < order.length; at++)
    for (const { to } of outgoing(order[at]!)) {
      const left = before.get(to)! - 1;
      before.set(to, left);
      if (left === 0) order.push(to);
    }
  return order;
}

/** Ancestors of the root first, then what follows from any of them, then what else was taken on the way. */
function longestWays(root: string, order: string[], edgesOf: ReadonlyMap<string, GraphEdge[]>): Map<string, number> {
  const depths = new Map([[root, 0]]);
  const known = (id: string, side: 'from' | 'to') =>
    (edgesOf.get(id) ?? []).flatMap((edge) => (edge[side] === id ? [] : (depths.get(edge[side]) ?? [])));
  const backwards = [...order].reverse();
  const takeBefore = (id: string) => {
    const after = known(id, 'to');
    if (!depths.has(id) && after.length > 0) depths.set(id, after.reduce((a, b) => Math.min(a, b)) - 1);
  };
  backwards.forEach(takeBefore);
  for (const id of order) {
    const before = known(id, 'from');
    if (!depths.has(id) && before.length > 0) depths.set(id, before.reduce((a, b) => Math.max(a, b)) + 1);
  }
  backwards.forEach(takeBefore);
  return depths;
}

function place(
  items: ReadonlyMap<string, GraphItem>,
  byDepth: ReadonlyMap<number, string[]>,
  edgesOf: Map<string, GraphEdge[]>,
): GraphLayout {
  const depths = [...byDepth.keys()].sort((a, b) => a - b);
  const outwards = [...depths].sort((a, b) => Math.abs(a) - Math.abs(b));
  const tallest = Math.max(...[...byDepth.values()].map((ids) => ids.length));
  const nodes = new Map<string, PlacedNode>();
  const columns = new Map<number, PlacedNode[]>();
  for (const depth of outwards) {
    const ids = byDepth.get(depth)!;
    const inner = depth === 0 ? 0 : depth - Math.sign(depth);
    const keys = new Map(ids.map((id) => [id, meanRow(id, edgesOf.get(id) ?? [], nodes, inner)]));
    const sorted = [...ids].sort((a, b) => keys.get(a)! - keys.get(b)!);
    const top = MARGIN + ((tallest - ids.length) * ROW_STEP) / 2;
    const x = MARGIN + (depth - depths[0]!) * COLUMN_STEP;
    const column = sorted.map((id, row) => ({ item: items.get(id)!, depth, row, x, y: top + row * ROW_STEP }));
    for (const placed of column) nodes.set(placed.item.id, placed);
    columns.set(depth, column);
  }
  return {
    nodes,
    edgesOf,
    columns: depths.map((depth) => columns.get(depth)!),
    width: 2 * MARGIN + (depths.length - 1) * COLUMN_STEP + NODE_WIDTH,
    height: 2 * MARGIN + (tallest - 1) * ROW_STEP + NODE_HEIGHT,
  };
}

function meanRow(id: string, edges: GraphEdge[], nodes: ReadonlyMap<string, PlacedNode>, depth: number): number {
  let sum = 0;
  let count = 0;
  for (const { from, to } of edges) {
    const other = nodes.get(from === id ? to : from);
    if (other?.depth !== depth) continue;
    sum += other.y;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}

export interface Frame {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A node with more edges than this draws only those whose other end is seen as well. */
const EDGES_DRAWN = 60;

/** What stands within a frame, by columns: work grows with what is seen, not with what is there. */
export function seenIn({ columns, edgesOf, nodes }: GraphLayout, { left, top, right, bottom }: Frame) {
  const seen: PlacedNode[] = [];
  for (const column of columns) {
    const first = column[0]!;
    if (first.x > right || first.x + NODE_WIDTH < left) continue;
    const start = Math.max(0, Math.floor((top - first.y - NODE_HEIGHT) / ROW_STEP));
    const end = Math.min(column.length - 1, Math.ceil((bottom - first.y) / ROW_STEP));
    for (let row = start; row <= end; row++) seen.push(column[row]!);
  }
  const ids = new Set(seen.map(({ item }) => item.id));
  const drawn = new Map<string, GraphEdge>();
  for (const id of ids) {
    const edges = edgesOf.get(id) ?? [];
    const isHub = edges.length > EDGES_DRAWN;
    for (const edge of edges) if (!isHub || (ids.has(edge.from) && ids.has(edge.to))) drawn.set(edge.id, edge);
  }
  const lines = [...drawn.values()].map((edge) => ({ edge, from: nodes.get(edge.from)!, to: nodes.get(edge.to)! }));
  return { nodes: seen, lines };
}
