import { KernelError } from '../../core/errors';
import { checkCell } from '../check-structure';
import type { Structure } from '../schema';
import { addAtom, labelAtoms, removeAtoms, replaceAtoms } from './atoms';
import { changeCell, strainStructure } from './change-cell';
import { mirrorAtoms, moveAtoms, rotateAtoms } from './motion';
import { changePeriodicity } from './periodicity';
import { shakeAtoms, substituteAtoms } from './random-edits';
import { badEdit } from './requirements';
import type { StructureEdit } from './schema';
import { cutSlab } from './slab';
import { makeSupercell, reduceToNiggli } from './supercell';

/** No coordinate and no component of a cell is larger in a structure, as `parseStructure` has it. */
const LARGEST_NUMBER = 1e6;

/**
 * The structure that an edit makes of this one, which stays as it is. Lengths are in angstrom, angles in degrees, sites counted from 0.
 * Throws KernelError `bad-edit` with a sentence for a person where the edit cannot be done.
 */
export function applyEdit(structure: Structure, edit: StructureEdit): Structure {
  try {
    const edited = dispatch(structure, edit);
    requireSound(edited);
    return edited;
  } catch (err) {
    if (!(err instanceof KernelError) || err.code === 'bad-edit') throw err;
    throw badEdit(err.message, err.numbers);
  }
}

/** The structure after a series of edits, one after the other. Throws as `applyEdit`, and says which of them it was. */
export function applyEdits(structure: Structure, edits: readonly StructureEdit[]): Structure {
  return edits.reduce((current, edit, i) => {
    try {
      return applyEdit(current, edit);
    } catch (err) {
      if (!(err instanceof KernelError) || edits.length === 1) throw err;
      throw badEdit(`${err.message} (Edit ${i + 1} of ${edits.length}.)`, { ...err.numbers, edit: i });
    }
  }, structure);
}

function dispatch(structure: Structure, edit: StructureEdit): Structure {
  switch (edit.do) {
    case 'supercell':
      return makeSupercell(structure, edit.matrix);
    case 'niggli':
      return reduceToNiggli(structure);
    case 'strain':
      return strainStructure(structure, edit.strain);
    case 'cell':
      return changeCell(structure, edit);
    case 'periodicity':
      return changePeriodicity(structure, edit.periodic, edit.vacuumAngstrom);
    case 'slab':
      return cutSlab(structure, edit);
    case 'add':
      return addAtom(structure, edit);
    case 'remove':
      return removeAtoms(structure, edit.sites);
    case 'move':
      return moveAtoms(structure, edit.sites, edit.byAngstrom);
    case 'rotate':
      return rotateAtoms(structure, edit.sites, edit);
    case 'mirror':
      return mirrorAtoms(structure, edit.sites, edit.normal);
    case 'replace':
      return replaceAtoms(structure, edit.sites, edit.element);
    case 'substitute':
      return substituteAtoms(structure, edit);
    case 'shake':
      return shakeAtoms(structure, edit.rootMeanSquareAngstrom, edit.seed);
    case 'label':
      return labelAtoms(structure, edit.sites, edit.label);
  }
}

/** What no edit may leave behind: a cell without volume, or numbers that are none or beyond all structures. */
function requireSound(structure: Structure): void {
  const flat = checkCell(structure)[0];
  if (flat) throw badEdit(flat.message, flat.numbers);
  const numbers = [structure.cellAngstrom?.flat() ?? [], ...structure.sites.map(({ position }) => position)];
  if (numbers.every((row) => row.every((x) => Math.abs(x) <= LARGEST_NUMBER))) return;
  throw badEdit(`The edit would bring a coordinate or a cell vector beyond ${LARGEST_NUMBER} Å.`);
}
