import { elements } from '@/kernels/crystal/elements';
import type { Structure } from '@/kernels/crystal/schema';
import type { Resolved } from '@/server/schemas/resolved';

/** A kind of atom to pw.x: an element with a starting moment. */
export interface PwSpecies {
  /** `Fe`, or `Fe1` and `Fe2` where one element has several moments. */
  label: string;
  element: string;
  massU: number;
  momentBohrMagneton: number;
  valenceElectrons: number;
  file: string;
}

export interface SpeciesOfSites {
  species: PwSpecies[];
  /** Label of every site. */
  labels: string[];
}

/** The kinds of atoms of a structure: sites of one element with different moments are different kinds. */
export function speciesOf(structure: Structure, resolved: Resolved): SpeciesOfSites {
  const isMagnetic = resolved.magnetism.kind === 'collinear' || resolved.spinOrbit;
  const keys = structure.sites.map((site, i) => {
    const moment = isMagnetic ? (resolved.magnetism.moments?.[i] ?? site.momentBohrMagneton ?? 0) : 0;
    return { element: site.species[0]!.element, moment };
  });
  const species: PwSpecies[] = [];
  const labels = keys.map(({ element, moment }) => {
    const known = species.find((s) => s.element === element && s.momentBohrMagneton === moment);
    if (known) return known;
    const found = resolved.elements.find((entry) => entry.element === element)!;
    const made: PwSpecies = {
      label: element,
      element,
      massU: elements.find(({ symbol }) => symbol === element)?.massU ?? 1,
      momentBohrMagneton: moment,
      valenceElectrons: found.valenceElectrons,
      file: upfName(element),
    };
    species.push(made);
    return made;
  });
  for (const element of new Set(keys.map((key) => key.element))) {
    const kinds = species.filter((s) => s.element === element);
    if (kinds.length > 1) for (const [i, kind] of kinds.entries()) kind.label = `${element}${(i + 1).toString(36)}`;
  }
  return { species, labels: labels.map(({ label }) => label) };
}

export const upfName = (element: string) => `${element}.upf`;
