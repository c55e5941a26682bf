import type { Matrix3, Vector3 } from '../../crystal/schema';
import type { Grid } from '../basis/fft-grid';

/** A field on the real-space grid of a cell, for programs that draw volumes. Lengths in bohr. */
export interface Cube {
  /** The two lines of remarks: what the field is, and its unit. */
  title: string;
  remark: string;
  /** Rows are the cell vectors; they may be skew. */
  cell: Matrix3;
  grid: Grid;
  /** Cartesian positions; the charge is that of the ion. */
  atoms: readonly { atomicNumber: number; charge: number; position: Vector3 }[];
  /** C-ordered, (i0 n1 + i1) n2 + i2, which is the order of the format: x outermost, z innermost. */
  values: Float64Array;
}

/** Text is handed out in pieces of about this many characters. */
const CHUNK = 1 << 20;

/**
 * The text of a Gaussian cube file, piece by piece: two lines of remarks; number of atoms and origin; points and step along
 * each cell vector; atoms; then six values a line with five decimals, a new line wherever the innermost index starts again.
 */
export function* writeCube(cube: Cube): Generator<string> {
  const { grid, values, atoms, cell } = cube;
  if (values.length !== grid[0] * grid[1] * grid[2])
    throw new RangeError(`${values.length} values do not fill a grid of ${grid.join(' x ')}`);
  let text = `${oneLine(cube.title)}\n${oneLine(cube.remark)}\n${row(atoms.length, [0, 0, 0])}`;
  cell.forEach((vector, axis) => {
    text += row(grid[axis]!, vector.map((x) => x / grid[axis]!) as Vector3);
  });
  for (const { atomicNumber, charge, position } of atoms) text += row(atomicNumber, [charge, ...position]);
  const innermost = grid[2];
  for (let start = 0; start < values.length; start += innermost) {
    for (let i = 0; i < innermost; i++) {
      text += exponential(values[start + i]!);
      if (i % 6 === 5 || i === innermost - 1) text += '\n';
    }
    if (text.length > CHUNK) {
      yield text;
      text = '';
    }
  }
  yield text;
}

function row(count: number, numbers: readonly number[]): string {
  return `${String(count).padStart(5)}${numbers.map((x) => x.toFixed(6).padStart(13)).join('')}\n`;
}

/** " -1.23456E-05": 13 characters. Exponents of three digits, which not every reader takes, are zero here. */
function exponential(value: number): string {
  if (Math.abs(value) < 1e-99) return '  0.00000E+00';
  const text = value.toExponential(5);
  const e = text.indexOf('e');
  return `${text.slice(0, e).padStart(9)}E${text[e + 1]}${text.slice(e + 2).padStart(2, '0')}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
