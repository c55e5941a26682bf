import type { MoyoDataset, MoyoHallSymbolEntry } from '@spglib/moyo-wasm';
import * as moyo from '@spglib/moyo-wasm';
import { KernelError } from '../core/errors';
import type { SymmetryOperation } from './operations';
import type { Matrix3, Vector3 } from './schema';

/** Hall numbers run from 1 to 530: all settings of the 230 space groups in the International Tables. */
const HALL_NUMBERS = 530;

let isLoaded = false;

/** Starts the symmetry library from the bytes of its WebAssembly module; to be called once before anything else here. */
export function loadSymmetry(wasmBytes: Uint8Array): void {
  if (isLoaded) return;
  moyo.initSync({ module: wasmBytes as Uint8Array<ArrayBuffer> });
  isLoaded = true;
}

export function isSymmetryLoaded(): boolean {
  return isLoaded;
}

/**
 * The library's dataset of a cell (rows in angstrom) with sites of integer kinds; ITA's standard setting.
 * Throws KernelError `symmetry-not-loaded` and `symmetry-failed`.
 */
export function analyzeCell(
  cellAngstrom: Matrix3,
  fractional: Vector3[],
  kinds: number[],
  toleranceAngstrom: number,
): MoyoDataset {
  requireLoaded();
  const cell = { lattice: { basis: cellAngstrom.flat() }, positions: fractional, numbers: kinds };
  try {
    return moyo.analyze_cell(JSON.stringify(cell), toleranceAngstrom, 'Standard');
  } catch (err) {
    throw new KernelError(
      'symmetry-failed',
      `The symmetry could not be found with a tolerance of ${toleranceAngstrom} angstrom (${String(err).slice(0, 120)}). ` +
        'Look for atoms nearly on top of each other, or try another tolerance.',
      { toleranceAngstrom },
    );
  }
}

/** All settings of all space groups, in the order of their Hall numbers. */
export function hallEntries(): MoyoHallSymbolEntry[] {
  requireLoaded();
  return Array.from({ length: HALL_NUMBERS }, (_, i) => moyo.hall_symbol_entry(i + 1));
}

export function hallEntry(hallNumber: number): MoyoHallSymbolEntry {
  requireLoaded();
  return moyo.hall_symbol_entry(hallNumber);
}

/** The class of a space group of given number: point group, crystal system and the like. */
export function spaceGroupType(spaceGroupNumber: number): moyo.MoyoSpaceGroupType {
  requireLoaded();
  return moyo.space_group_type(spaceGroupNumber);
}

/** The operations of one setting of a space group, centring translations included. */
export function operationsOfHall(hallNumber: number): SymmetryOperation[] {
  const { number } = hallEntry(hallNumber);
  return moyo
    .operations_from_number(number, { type: 'HallNumber', value: hallNumber }, false)
    .map(({ rotation, translation }) => ({ rotation: fromColumns(rotation), translation }));
}

/** The library writes its matrices column by column. */
export function fromColumns(m: number[]): Matrix3 {
  return [
    [m[0]!, m[3]!, m[6]!],
    [m[1]!, m[4]!, m[7]!],
    [m[2]!, m[5]!, m[8]!],
  ];
}

function requireLoaded(): void {
  if (isLoaded) return;
  throw new KernelError('symmetry-not-loaded', 'The symmetry library is not loaded: call loadSymmetry first.');
}
