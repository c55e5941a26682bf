import { Displayed, type MediaBundle } from './display';
import { fetchText, pageUrl } from './platform';
import type { StructureInput, Vector, VolumeData } from './types';

const BOHR_ANGSTROM = 0.529177210903;

/** A field in space, read: a density, a potential, or the square of an orbital with its sign. The last value of a cell is drawn. */
export class Field extends Displayed {
  constructor(
    readonly label: string,
    readonly unit: string,
    /** Points along each edge of the cell. */
    readonly grid: Vector,
    readonly cellAngstrom: [Vector, Vector, Vector],
    /** The last edge innermost. */
    readonly values: Float64Array,
    private readonly cube: string,
    private readonly structure: StructureInput,
  ) {
    super();
  }

  /** Of the cell, in angstrom³. */
  get volumeAngstrom3(): number {
    const [a, b, c] = this.cellAngstrom;
    return Math.abs(
      a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0]),
    );
  }

  /** Of the field over the cell, in atomic units as the values are: a density gives electrons. Of a function of its values where one is given. */
  integral(of: (value: number) => number = (value) => value): number {
    const mean = this.values.reduce((sum, value) => sum + of(value), 0) / this.values.length;
    return (mean * this.volumeAngstrom3) / BOHR_ANGSTROM ** 3;
  }

  protected mediaBundle(): MediaBundle {
    const { label, unit, cube, structure, grid } = this;
    return {
      'application/vnd.brine.volume+json': { label, unit, cube: thinned(cube), structure },
      'text/plain': `${label} (${unit}) on ${grid.join(' × ')} points`,
    };
  }
}

/** A field that a calculation left as a file. */
export class Volume {
  constructor(
    readonly data: VolumeData,
    private readonly structure: () => Promise<{ input: StructureInput }>,
  ) {}

  get label(): string {
    return this.data.label;
  }

  /** Of its file in the format of Gaussian's cubes, in atomic units. */
  get url(): string {
    return pageUrl(this.data.cubeHref);
  }

  /** Reads it. */
  async load(): Promise<Field> {
    const [cube, { input }] = await Promise.all([fetchText(this.data.cubeHref), this.structure()]);
    const { grid, cellAngstrom, values } = readCube(cube);
    return new Field(this.data.label, this.data.unit, grid, cellAngstrom, values, cube, input);
  }
}

/** Points along an edge that a page draws. */
const SHOWN_MAX = 64;

/** The same cube with every second, third, ... point along edges with more than a page draws, and four digits: a kernel's connection takes no more than a few megabytes at once. */
function thinned(text: string): string {
  const lines = text.split('\n');
  const atoms = Math.abs(Number(lines[2]!.trim().split(/\s+/)[0]));
  const axes = [3, 4, 5].map((i) => lines[i]!.trim().split(/\s+/).map(Number));
  const grid = axes.map(([n]) => n!) as Vector;
  const [a, b, c] = grid.map(strideOf) as Vector;
  if (a * b * c === 1) return text;
  const values = lines
    .slice(6 + atoms)
    .join(' ')
    .trim()
    .split(/\s+/);
  const kept: string[] = [];
  for (let x = 0; x < grid[0]; x += a)
    for (let y = 0; y < grid[1]; y += b)
      for (let z = 0; z < grid[2]; z += c) kept.push(Number(values[(x * grid[1] + y) * grid[2] + z]).toExponential(3));
  const head = axes.map(([n, ...step], i) => {
    const stride = [a, b, c][i]!;
    return [n! / stride, ...step.map((d) => d * stride)].join(' ');
  });
  return [...lines.slice(0, 3), ...head, ...lines.slice(6, 6 + atoms), kept.join('\n')].join('\n');
}

/** The smallest divisor of a number of points that leaves few enough: what is repeated stays repeated. */
function strideOf(points: number): number {
  for (let stride = 1; stride < points; stride++)
    if (points % stride === 0 && points / stride <= SHOWN_MAX) return stride;
  return points;
}

function readCube(text: string): { grid: Vector; cellAngstrom: [Vector, Vector, Vector]; values: Float64Array } {
  const lines = text.split('\n');
  const numbersOf = (line: string | undefined) => (line ?? '').trim().split(/\s+/).map(Number);
  const atoms = Math.abs(numbersOf(lines[2])[0]!);
  const axes = [3, 4, 5].map((i) => numbersOf(lines[i]));
  const cell = axes.map(([n, ...step]) => step.map((x) => x * n! * BOHR_ANGSTROM));
  const values = Float64Array.from(numbersOf(lines.slice(6 + atoms).join(' ')));
  return { grid: axes.map(([n]) => n) as Vector, cellAngstrom: cell as [Vector, Vector, Vector], values };
}
