import { expect, test } from 'vitest';
import { compareCells, countChanges } from '@/server/schemas/notebook/compare-cells';
import { type DiffLine, diffLines } from '@/server/schemas/notebook/diff-lines';

const cells = (text: string) => [...text].map((id) => ({ id, mark: id }));
const textOf = (lines: DiffLine[], kinds: string[]) =>
  lines.flatMap((line) =>
    line.kind !== 'gap' && kinds.includes(line.kind) ? [line.parts.map(({ text }) => text).join('')] : [],
  );

test('of cells that stand in another order as few as possible count as moved', () => {
  expect([...compareCells(cells('abcdef'), cells('bcdefa')).moved]).toEqual(['a']);
  expect([...compareCells(cells('abcdef'), cells('fabcde')).moved]).toEqual(['f']);
  expect([...compareCells(cells('abc'), cells('abc')).moved]).toEqual([]);
  const changes = compareCells(cells('abcd'), [...cells('xca'), { id: 'd', mark: 'other' }]);
  expect([...changes.added]).toEqual(['x']);
  expect([...changes.removed]).toEqual(['b']);
  expect([...changes.changed]).toEqual(['d']);
  expect(changes.moved.size).toBe(1);
  expect(countChanges(changes)).toBe(4);
});

test('both texts can be read from what differs, whatever they are', () => {
  let seed = 7;
  const random = (n: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % n;
  };
  for (let round = 0; round < 200; round++) {
    const make = () => Array.from({ length: random(9) }, () => ['a', 'b b', '', 'ü c', '\r'][random(5)]).join('\n');
    const [before, after] = [make(), make()];
    const { lines } = diffLines(before, after, 1_000);
    if (lines.some(({ kind }) => kind === 'gap')) continue;
    expect(textOf(lines, ['same', 'removed']).join('\n')).toBe(before.replace(/\n$/, ''));
    expect(textOf(lines, ['same', 'added']).join('\n')).toBe(after.replace(/\n$/, ''));
  }
});

test('far from what differs lines are left out, and counted', () => {
  const many = Array.from({ length: 100 }, (_, i) => `line ${i}`);
  const { lines } = diffLines(many.join('\n'), many.with(50, 'other').join('\n'), 1_000);
  expect(lines.filter(({ kind }) => kind === 'gap')).toEqual([
    { kind: 'gap', count: 47 },
    { kind: 'gap', count: 46 },
  ]);
  expect(lines).toHaveLength(2 + 6 + 2);
});

test('hostile texts take about the time that is given', () => {
  const noise = (factor: number) => Array.from({ length: 60_000 }, (_, i) => (i * factor) % 9973).join('\n');
  const started = performance.now();
  const { lines, linesLeftOut } = diffLines(noise(7), noise(5), 300);
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(lines.length + linesLeftOut).toBeGreaterThan(60_000);
});
