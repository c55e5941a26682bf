import { inverse, rowTimesMatrix } from '../linear';
import type { Site, Structure, Vector3 } from '../schema';
import { wrapPeriodic } from '../wrap-periodic';
import { badEdit, requireCell, requireElement, requireSites, requireSize } from './requirements';

export interface AddedAtom {
  element: string;
  /** In units of the cell vectors. */
  fractional?: Vector3 | undefined;
  cartesianAngstrom?: Vector3 | undefined;
}

/** The structure with one more atom, the last, wrapped into the cell. Throws KernelError `bad-edit` unless its place is given in exactly one way that the structure has. */
export function addAtom(structure: Structure, { element, fractional, cartesianAngstrom }: AddedAtom): Structure {
  requireElement(element);
  requireSize(structure.sites.length + 1);
  if ((fractional === undefined) === (cartesianAngstrom === undefined)) {
    const given = fractional === undefined ? 'neither is given' : 'both are given';
    throw badEdit(
      `The place of the new atom is given either by fractional or by cartesian coordinates, and here ${given}.`,
    );
  }
  const position = fractional
    ? wrapPeriodic(fractional, requirePeriodicity(structure))
    : placeOf(structure, cartesianAngstrom!);
  const site: Site = { species: [{ element, concentration: 1 }], position: position.map((x) => x + 0) as Vector3 };
  return { ...structure, sites: [...structure.sites, site] };
}

/** The structure without these sites. Throws KernelError `bad-edit` where none would be left. */
export function removeAtoms(structure: Structure, sites: readonly number[]): Structure {
  const chosen = requireSites(structure, sites);
  if (chosen.size === structure.sites.length) {
    throw badEdit('All atoms would be removed, and a structure has at least one.', { atoms: chosen.size });
  }
  return { ...structure, sites: structure.sites.filter((_, i) => !chosen.has(i)) };
}

/**
 * The structure with whole atoms of the element on these sites, also where they were shared or partly empty. Mass, charge and moment belonged to the
 * old atom and go with it, as does a label that names it ("Si1"); labels of sublattices stay.
 */
export function replaceAtoms(structure: Structure, sites: Iterable<number>, element: string): Structure {
  requireElement(element);
  const chosen = requireSites(structure, [...sites]);
  return {
    ...structure,
    sites: structure.sites.map((site, i) => (chosen.has(i) ? withElement(site, element) : site)),
  };
}

/** The structure with this word on these sites; an empty one takes theirs away. */
export function labelAtoms(structure: Structure, sites: readonly number[], label: string): Structure {
  const chosen = requireSites(structure, sites);
  return {
    ...structure,
    sites: structure.sites.map((site, i) => {
      if (!chosen.has(i)) return site;
      const { label: _, ...bare } = site;
      return label === '' ? bare : { ...bare, label };
    }),
  };
}

function withElement(site: Site, element: string): Site {
  const [first, ...others] = site.species;
  if (others.length === 0 && first!.element === element && first!.concentration === 1) return site;
  const namesOldAtom =
    site.label !== undefined && site.species.some((old) => new RegExp(`^${old.element}(?![a-z])`).test(site.label!));
  return {
    species: [{ element, concentration: 1 }],
    position: site.position,
    ...(site.label === undefined || namesOldAtom ? {} : { label: site.label }),
  };
}

function requirePeriodicity(structure: Structure): Structure['periodic'] {
  requireCell(structure, 'an atom at fractional coordinates');
  return structure.periodic;
}

function placeOf(structure: Structure, cartesianAngstrom: Vector3): Vector3 {
  if (!structure.cellAngstrom) return cartesianAngstrom;
  const cell = requireCell(structure, 'an atom');
  return wrapPeriodic(rowTimesMatrix(cartesianAngstrom, inverse(cell)), structure.periodic);
}
