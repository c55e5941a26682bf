import { beforeAll, expect, test } from 'vitest';
import { readMoyoWasm } from '@/kernels/crystal/native';
import { loadSymmetry } from '@/kernels/crystal/symmetry';
import { read } from '@/server/services/structures/thread/tasks';

beforeAll(() => loadSymmetry(readMoyoWasm()));

const corners = [
  [0, 0, 0],
  [0.5, 0.5, 0],
  [0.5, 0, 0.5],
  [0, 0.5, 0.5],
] as const;

/** Rock salt, n cubic cells along each axis; the first `removed` sodium atoms are missing. */
function poscar(n: number, removed: number): string {
  const cells = Array.from({ length: n ** 3 }, (_, i) => [Math.floor(i / n ** 2), Math.floor(i / n) % n, i % n]);
  const at = (shift: number) =>
    cells.flatMap((cell) => corners.map((corner) => corner.map((x, i) => (x + shift + cell[i]!) / n).join(' ')));
  const sodium = at(0).slice(removed);
  const chlorine = at(0.5);
  const edges = [`${5.64 * n} 0 0`, `0 ${5.64 * n} 0`, `0 0 ${5.64 * n}`];
  return ['NaCl', '1', ...edges, 'Na Cl', `${sodium.length} ${chlorine.length}`, 'Direct', ...sodium, ...chlorine].join(
    '\n',
  );
}

test('a supercell whose symmetry would take longer than the reader may is read all the same, and says why', () => {
  const started = performance.now();
  const { summary, formula } = read({ text: poscar(4, 0), fileName: 'POSCAR' });
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(formula).toMatch(/Na.*Cl/);
  expect(summary.symmetry).toBeNull();
  expect(summary.symmetryNote).toMatch(/512 atoms repeats a smaller one/);
});

test('with a vacancy it repeats no longer, and its symmetry is found', () => {
  expect(read({ text: poscar(4, 1), fileName: 'POSCAR' }).summary.symmetry?.spaceGroupNumber).toBe(221);
});
