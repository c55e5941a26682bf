import type { Matrix3, Vector3 } from '@/kernels/crystal/schema';

const BOHR_ANGSTROM = 0.529177210903;

export interface CubeField {
  /** The last axis innermost. */
  values: Float64Array;
  grid: Vector3;
  cellAngstrom: Matrix3;
}

/** The field of a Gaussian cube file in bohr; its atoms are known from elsewhere. @throws Error where it is not one. */
export function parseCube(text: string): CubeField {
  const lines = text.split('\n');
  const numbersOf = (line: string | undefined) => (line ?? '').trim().split(/\s+/).map(Number);
  const atoms = Math.abs(numbersOf(lines[2])[0] ?? Number.NaN);
  const axes = [3, 4, 5].map((i) => numbersOf(lines[i]));
  const grid = axes.map(([n]) => n) as Vector3;
  const count = grid[0] * grid[1] * grid[2];
  if (!(count > 0 && Number.isInteger(atoms))) throw new Error('This is no cube file.');
  const cellAngstrom = axes.map(([n, ...step]) => step.map((x) => x * n! * BOHR_ANGSTROM)) as Matrix3;
  const values = new Float64Array(count);
  let at = 0;
  for (let line = 6 + atoms; line < lines.length && at < count; line++)
    for (const word of lines[line]!.split(' ')) if (word !== '' && at < count) values[at++] = Number(word);
  if (at < count) throw new Error('This cube file ends too early.');
  return { values, grid, cellAngstrom };
}

/** With the points of the far faces, which repeat those of the near ones: so a surface reaches the whole cell. */
export function closeField({ values, grid, cellAngstrom }: CubeField): CubeField {
  const [n0, n1, n2] = grid;
  const closed = new Float64Array((n0 + 1) * (n1 + 1) * (n2 + 1));
  let at = 0;
  for (let i = 0; i <= n0; i++)
    for (let j = 0; j <= n1; j++)
      for (let k = 0; k <= n2; k++) closed[at++] = values[((i % n0) * n1 + (j % n1)) * n2 + (k % n2)]!;
  return { values: closed, grid: [n0 + 1, n1 + 1, n2 + 1], cellAngstrom };
}
