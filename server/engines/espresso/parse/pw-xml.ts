import { BOHR_ANGSTROM } from '@/kernels/core/constants';
import { find, findAll, number, numbers, parseXml, toNumbers, type XmlElement } from './xml';

type Vector = [number, number, number];
type Matrix = [Vector, Vector, Vector];

/** A geometry of a run: the last one, or one of a relaxation. Hartree atomic units but for the cell. */
export interface PwGeometry {
  cellAngstrom: Matrix;
  fractional: Vector[];
  energyHartree: number | null;
  forcesHartreePerBohr: Vector[] | null;
  /** (1/volume) dE/dstrain: the file holds its negative. */
  stressHartreePerBohr3: Matrix | null;
}

/** What `data-file-schema.xml` says, Hartree atomic units. */
export interface PwRun extends PwGeometry {
  version: string;
  convergedScf: boolean;
  convergedRelax: boolean | null;
  terms: Record<'hartree' | 'exchangeCorrelation' | 'ewald' | 'smearing' | 'dispersion', number>;
  fermiHartree: number;
  fermiSpinHartree: [number, number] | null;
  electrons: number;
  isSpinPolarised: boolean;
  isNoncollinear: boolean;
  bands: number;
  totalMagnetisation: number | null;
  absoluteMagnetisation: number | null;
  kpoints: { fractional: Vector; weight: number; planeWaves: number }[];
  /** [spin][kpoint][band] */
  eigenvaluesHartree: number[][][];
  cutoffHartree: number;
  fftGrid: Vector;
  symmetryOperations: number;
  processes: number;
  trajectory: PwGeometry[];
}

export function readPwXml(text: string): PwRun {
  const root = parseXml(text);
  const output = demand(root, 'output');
  const bands = demand(output, 'band_structure');
  const isSpinPolarised = isTrue(bands, 'lsda');
  const energies = readBands(bands, output, isSpinPolarised);
  const fermi = numbers(bands, 'two_fermi_energies');
  const level = number(bands, 'fermi_energy') ?? number(bands, 'highestOccupiedLevel');
  const term = (name: string) => number(output, `total_energy/${name}`) ?? 0;
  const magnetisation = isSpinPolarised || isTrue(bands, 'noncolin');
  return {
    ...readGeometry(output),
    version: find(root, 'general_info/creator')?.attributes.VERSION ?? 'unknown',
    convergedScf: find(output, 'convergence_info/scf_conv/convergence_achieved')?.text.trim() === 'true',
    convergedRelax: toBoolean(find(output, 'convergence_info/opt_conv/convergence_achieved')),
    terms: {
      hartree: term('ehart'),
      exchangeCorrelation: term('etxc'),
      ewald: term('ewald'),
      smearing: term('demet'),
      dispersion: term('vdW_term'),
    },
    fermiHartree: level ?? (fermi.length > 0 ? Math.max(...fermi) : highestFilled(energies)),
    fermiSpinHartree: fermi.length === 2 ? (fermi as [number, number]) : null,
    electrons: number(bands, 'nelec') ?? 0,
    isSpinPolarised,
    isNoncollinear: isTrue(bands, 'noncolin'),
    bands: number(bands, 'nbnd') ?? number(bands, 'nbnd_up') ?? 0,
    totalMagnetisation: magnetisation ? totalMagnetisation(output) : null,
    absoluteMagnetisation: magnetisation ? number(output, 'magnetization/absolute') : null,
    ...energies,
    cutoffHartree: number(output, 'basis_set/ecutwfc') ?? 0,
    fftGrid: ['nr1', 'nr2', 'nr3'].map((n) => Number(find(output, 'basis_set/fft_grid')?.attributes[n])) as Vector,
    symmetryOperations: number(output, 'symmetries/nsym') ?? 1,
    processes: number(root, 'parallel_info/nprocs') ?? 1,
    trajectory: findAll(root, 'step').map(readGeometry),
  };
}

function demand(element: XmlElement, path: string): XmlElement {
  const found = find(element, path);
  if (!found) throw new Error(`the output of pw.x holds no ${path}`);
  return found;
}

const isTrue = (element: XmlElement, path: string) => find(element, path)?.text.trim() === 'true';
const toBoolean = (element: XmlElement | null) => element && element.text.trim() === 'true';

/** Of spinors 7.x gives the vector alone, whose length is what 6.x gives. */
function totalMagnetisation(output: XmlElement): number | null {
  const vector = numbers(output, 'magnetization/total_vec');
  return number(output, 'magnetization/total') ?? (vector.length === 3 ? Math.hypot(...vector) : null);
}

function vectors(values: number[]): Vector[] {
  return Array.from({ length: values.length / 3 }, (_, i) => values.slice(3 * i, 3 * i + 3) as Vector);
}

function readGeometry(element: XmlElement): PwGeometry {
  const structure = demand(element, 'atomic_structure');
  const cell = ['a1', 'a2', 'a3'].map((name) => numbers(structure, `cell/${name}`)) as Matrix;
  const inverse = inverseOf(cell);
  const fractional = findAll(structure, 'atomic_positions/atom').map(({ text }) => {
    const x = toNumbers(text);
    return [0, 1, 2].map((j) => x.reduce((sum, value, i) => sum + value * inverse[i]![j]!, 0)) as Vector;
  });
  const forces = numbers(element, 'forces');
  const stress = numbers(element, 'stress');
  return {
    cellAngstrom: cell.map((row) => row.map((x) => x * BOHR_ANGSTROM)) as Matrix,
    fractional,
    energyHartree: number(element, 'total_energy/etot'),
    forcesHartreePerBohr: forces.length > 0 ? vectors(forces) : null,
    stressHartreePerBohr3: stress.length === 9 ? (vectors(stress.map((x) => -x)) as Matrix) : null,
  };
}

/** Columns of the inverse of a matrix of rows: fractional = cartesian times it. */
function inverseOf([a, b, c]: Matrix): Matrix {
  const cross = (u: Vector, v: Vector): Vector => [
    u[1] * v[2] - u[2] * v[1],
    u[2] * v[0] - u[0] * v[2],
    u[0] * v[1] - u[1] * v[0],
  ];
  const [x, y, z] = [cross(b, c), cross(c, a), cross(a, b)];
  const volume = a[0] * x[0] + a[1] * x[1] + a[2] * x[2];
  return [0, 1, 2].map((i) => [x[i]! / volume, y[i]! / volume, z[i]! / volume]) as Matrix;
}

function readBands(bands: XmlElement, output: XmlElement, isSpinPolarised: boolean) {
  const structure = demand(output, 'atomic_structure');
  const alat = Number(structure.attributes.alat);
  const cell = ['a1', 'a2', 'a3'].map((name) => numbers(structure, `cell/${name}`));
  const blocks = findAll(bands, 'ks_energies');
  const kpoints = blocks.map((block) => {
    const point = demand(block, 'k_point');
    // Cartesian, in units of 2 pi/alat.
    const k = toNumbers(point.text);
    const fractional = cell.map((a) => a.reduce((sum, x, i) => sum + (x * k[i]!) / alat, 0)) as Vector;
    return { fractional, weight: Number(point.attributes.weight), planeWaves: number(block, 'npw') ?? 0 };
  });
  const values = blocks.map((block) => numbers(block, 'eigenvalues'));
  const filled = blocks.map((block) => numbers(block, 'occupations'));
  const split = (list: number[][]) => {
    if (!isSpinPolarised) return [list];
    return [0, 1].map((spin) => list.map((all) => all.slice((spin * all.length) / 2, ((spin + 1) * all.length) / 2)));
  };
  return { kpoints, eigenvaluesHartree: split(values), occupations: split(filled) };
}

function highestFilled({ eigenvaluesHartree, occupations }: ReturnType<typeof readBands>): number {
  const filled = eigenvaluesHartree.flatMap((spin, s) =>
    spin.flatMap((bands, k) => bands.filter((_, band) => (occupations[s]![k]![band] ?? 0) > 0.5)),
  );
  return Math.max(...filled);
}
