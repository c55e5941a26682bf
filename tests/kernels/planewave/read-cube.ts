import type { Cube } from '@/kernels/planewave/state/cube';

/** Reads the text of a cube file: by words, as most programs do. */
export function readCube(text: string): Cube {
  const [title = '', remark = '', ...lines] = text.split('\n');
  const words = lines.join(' ').trim().split(/\s+/).map(Number);
  let at = 0;
  const take = (count: number) => {
    at += count;
    return words.slice(at - count, at);
  };
  const [atomCount, ...origin] = take(4) as [number, number, number, number];
  if (origin.some((x) => x !== 0)) throw new Error('the origin is not zero');
  const axes = [0, 1, 2].map(() => take(4));
  const atoms = Array.from({ length: atomCount }, () => {
    const [atomicNumber, charge, ...position] = take(5) as [number, number, number, number, number];
    return { atomicNumber, charge, position };
  });
  const grid = axes.map(([n]) => n!) as Cube['grid'];
  return {
    title,
    remark,
    cell: axes.map(([n, ...step]) => step.map((x) => n! * x)) as Cube['cell'],
    grid,
    atoms,
    values: Float64Array.from(take(grid[0] * grid[1] * grid[2])),
  };
}
