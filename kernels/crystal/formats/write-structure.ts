import { formula } from '../formula';
import type { Structure } from '../schema';
import { writeCif } from './cif';
import { writeEspresso } from './espresso';
import { writeJson } from './json';
import { writePoscar } from './poscar';
import type { StructureFormat } from './read-structure';
import { writeXsf } from './xsf';
import { writeXyz } from './xyz';

/** Formats that are written; others are only read. */
export type WrittenFormat = Exclude<StructureFormat, 'pdb' | 'cube' | 'lammps'>;

/**
 * The structure as a file; `xyz` is the extended kind. Each format keeps what it can hold: JSON all, XYZ all but labels and partial occupancies,
 * CIF lengths, angles, labels and occupancies, POSCAR, XSF and the input of pw.x cell and positions. Throws KernelError `format-cannot-hold`.
 */
export function writeStructure(structure: Structure, format: WrittenFormat): string {
  const writers: Record<WrittenFormat, () => string> = {
    cif: () => writeCif(structure),
    poscar: () => writePoscar(structure, formula(structure)),
    xyz: () => writeXyz(structure),
    json: () => writeJson(structure),
    xsf: () => writeXsf(structure),
    espresso: () => writeEspresso(structure),
  };
  return writers[format]();
}
