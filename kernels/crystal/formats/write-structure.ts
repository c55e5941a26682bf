import { formula } from '../formula';
import type { Structure } from '../schema';
import { writeCif } from './cif';
import { writeJson } from './json';
import { writePoscar } from './poscar';
import type { StructureFormat } from './read-structure';
import { writeXyz } from './xyz';

/**
 * The structure as a file; `xyz` is the extended kind. Each format keeps what it can hold: JSON all, XYZ all but labels and partial occupancies,
 * CIF lengths, angles, labels and occupancies, POSCAR cell and positions. Throws KernelError `format-cannot-hold`.
 */
export function writeStructure(structure: Structure, format: StructureFormat): string {
  const writers: Record<StructureFormat, () => string> = {
    cif: () => writeCif(structure),
    poscar: () => writePoscar(structure, formula(structure)),
    xyz: () => writeXyz(structure),
    json: () => writeJson(structure),
  };
  return writers[format]();
}
