import { expect, test } from 'vitest';
import { layOut, NODE_HEIGHT, ROW_STEP, seenIn } from '@/app/provenance/graph-layout';
import type { GraphEdge, GraphItem } from '@/server/schemas/provenance';

const item = (id: string): GraphItem => ({
  ...{ type: 'data', id, kind: 'settings', formula: null, structureId: null },
  createdAt: new Date(0),
});
const edge = (from: string, to: string): GraphEdge => ({ id: `${from}-${to}`, from, to, kind: 'input', name: 'x' });
const graphOf = (edges: GraphEdge[], root: string) =>
  layOut(new Map([root, ...edges.flatMap(({ from, to }) => [from, to])].map((id) => [id, item(id)])), edges, root);

test('what came before stands left, what came after right, each in its column', () => {
  const { nodes, columns } = graphOf([edge('a', 'root'), edge('b', 'a'), edge('root', 'c')], 'root');
  expect(columns.map((column) => column.map((node) => node.item.id))).toEqual([['b'], ['a'], ['root'], ['c']]);
  expect(nodes.get('b')!.x).toBeLessThan(nodes.get('a')!.x);
  expect(nodes.get('c')!.depth).toBe(1);
});

test('lines do not cross where they need not', () => {
  const edges = [edge('root', 'p'), edge('root', 'q'), edge('q', 'of-q'), edge('p', 'of-p')];
  const { columns } = graphOf(edges, 'root');
  expect(columns[2]!.map((node) => node.item.id)).toEqual(['of-p', 'of-q']);
});

test('a circle, and an edge to what is not open, do no harm', () => {
  const { nodes } = layOut(
    new Map(['root', 'a'].map((id) => [id, item(id)])),
    [edge('root', 'a'), edge('a', 'root'), edge('a', 'absent')],
    'root',
  );
  expect(nodes.size).toBe(2);
});

test('of ten thousand nodes only those on screen are drawn, and laying them out takes no second', () => {
  const edges = Array.from({ length: 10_000 }, (_, i) => edge('root', `n${i}`));
  const started = performance.now();
  const layout = graphOf(edges, 'root');
  expect(performance.now() - started).toBeLessThan(1000);
  const top = layout.height / 2;
  const { nodes, lines } = seenIn(layout, { left: 0, top, right: 1200, bottom: top + 600 });
  expect(nodes.length).toBeLessThan(600 / ROW_STEP + 4);
  expect(nodes.length).toBeGreaterThan(600 / ROW_STEP - 1);
  expect(lines.length).toBeLessThan(nodes.length);
  for (const { y } of nodes) expect(y + NODE_HEIGHT).toBeGreaterThan(top - ROW_STEP);
});

test('no edge leads back, though one way is shorter than another', () => {
  const edges = [
    edge('a', 'b'),
    edge('b', 'c'),
    edge('a', 'c'),
    edge('c', 'root'),
    edge('a', 'root'),
    edge('x', 'late'),
  ];
  const { nodes } = graphOf([...edges, edge('root', 'late')], 'root');
  expect(nodes.size).toBe(6);
  for (const { from, to } of edges) expect(nodes.get(from)!.depth).toBeLessThan(nodes.get(to)!.depth);
});
