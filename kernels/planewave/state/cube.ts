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
/** " -1.23456E-05" */
const WIDTH = 13;

/**
 * The text of a Gaussian cube file, piece by piece: two lines of remarks; number of atoms and origin; points and step along
 * each cell vector; atoms; then six values a line with five decimals, a new line wherever the innermost index starts again.
 */
export function* writeCube(cube: Cube): Generator<string> {
  const { grid, values, atoms, cell } = cube;
  if (values.length !== grid[0] * grid[1] * grid[2])
    throw new RangeError(`${values.length} values do not fill a grid of ${grid.join(' x ')}`);
  let head = `${oneLine(cube.title)}\n${oneLine(cube.remark)}\n${row(atoms.length, [0, 0, 0])}`;
  cell.forEach((vector, axis) => {
    head += row(grid[axis]!, vector.map((x) => x / grid[axis]!) as Vector3);
  });
  for (const { atomicNumber, charge, position } of atoms) head += row(atomicNumber, [charge, ...position]);
  yield head;
  // Digits are set as bytes: five times as fast as putting strings together.
  const innermost = grid[2];
  const bytes = new Uint8Array(CHUNK + innermost * (WIDTH + 1));
  const decoder = new TextDecoder();
  let at = 0;
  for (let start = 0; start < values.length; start += innermost) {
    for (let i = 0; i < innermost; i++) {
      writeExponential(bytes, at, values[start + i]!);
      at += WIDTH;
      if (i % 6 === 5 || i === innermost - 1) bytes[at++] = NEW_LINE;
    }
    if (at < CHUNK) continue;
    yield decoder.decode(bytes.subarray(0, at));
    at = 0;
  }
  yield decoder.decode(bytes.subarray(0, at));
}

function row(count: number, numbers: readonly number[]): string {
  return `${String(count).padStart(5)}${numbers.map((x) => x.toFixed(6).padStart(13)).join('')}\n`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

const [SPACE, PLUS, MINUS, POINT, ZERO, E, NEW_LINE] = [32, 43, 45, 46, 48, 69, 10] as const;
const POWERS = Float64Array.from({ length: 211 }, (_, i) => Number(`1e${i - 105}`));

/** Six digits and an exponent of two. Values that would need three, which not every reader takes, are zero, or the largest that fits. */
function writeExponential(bytes: Uint8Array, at: number, value: number): void {
  const size = Math.min(Math.abs(value), 9.99999e99);
  let exponent = 0;
  let digits = 0;
  if (size >= 1e-99) {
    exponent = Math.floor(Math.log10(size));
    digits = Math.round(size * POWERS[105 + 5 - exponent]!);
    // The logarithm of a number near a power of ten may round to either side, and so may the digits.
    if (digits < 100_000) digits = Math.round(size * POWERS[105 + 5 - --exponent]!);
    else if (digits >= 1_000_000) digits = Math.round(size * POWERS[105 + 5 - ++exponent]!);
  }
  bytes[at] = SPACE;
  bytes[at + 1] = value < 0 && digits > 0 ? MINUS : SPACE;
  bytes[at + 3] = POINT;
  for (let place = 8; place >= 4; place--) {
    bytes[at + place] = ZERO + (digits % 10);
    digits = Math.floor(digits / 10);
  }
  bytes[at + 2] = ZERO + digits;
  bytes[at + 9] = E;
  bytes[at + 10] = exponent < 0 ? MINUS : PLUS;
  bytes[at + 11] = ZERO + Math.floor(Math.abs(exponent) / 10);
  bytes[at + 12] = ZERO + (Math.abs(exponent) % 10);
}
