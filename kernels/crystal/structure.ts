import { KernelError } from '../core/errors';
import { cellVolume } from './cell';
import { elementBySymbol } from './elements';
import { inverse, rowTimesMatrix } from './linear';
import type { Matrix3, Site, Species, Structure, StructureInput, Vector3 } from './schema';
import { structureInputSchema } from './schema';

/** No coordinate, cell component, moment, charge or mass in a structure is larger than this. */
const LARGEST_NUMBER = 1e6;

/**
 * The canonical structure of what people write in JSON: every site with its species (sorted by symbol), fractional positions
 * where there is a cell. A cell is periodic in all three directions unless `periodic` says otherwise; nothing is wrapped.
 * Throws KernelError `bad-structure`, `unknown-element`, `zero-volume`, with a sentence that names the field.
 */
export function parseStructure(input: unknown): Structure {
  const result = structureInputSchema.safeParse(input);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    const where = issue.path.length ? ` at ${issue.path.join('.')}` : '';
    throw new KernelError('bad-structure', `This is not a structure: ${issue.message}${where}.`, {
      path: issue.path.join('.'),
    });
  }
  const { cellAngstrom = null, sites } = result.data;
  cellAngstrom?.flat().forEach((x) => void requireModest(x, 'cellAngstrom'));
  const periodic = result.data.periodic ?? (cellAngstrom ? [true, true, true] : [false, false, false]);
  if (!cellAngstrom && periodic.includes(true)) {
    throw new KernelError('bad-structure', 'A periodic structure needs cellAngstrom, and none is given.');
  }
  const toFractional = cellAngstrom && inverse(cellAngstrom);
  return {
    cellAngstrom: cellAngstrom && (cellAngstrom.map((v) => v.map(withoutNegativeZero)) as Matrix3),
    periodic,
    sites: sites.map((site, i) => canonicalSite(site, i, cellAngstrom, toFractional)),
  };
}

/** Cartesian positions in angstrom of all sites, unwrapped. */
export function cartesianPositions({ cellAngstrom, sites }: Structure): Vector3[] {
  return sites.map(({ position }) => (cellAngstrom ? rowTimesMatrix(position, cellAngstrom) : position));
}

/** What a person or a program writes: the inverse of `parseStructure`, with `element` where one fills the site. */
export function structureInput({ cellAngstrom, periodic, sites }: Structure): StructureInput {
  return {
    cellAngstrom,
    periodic,
    sites: sites.map(({ species, position, ...rest }) => ({
      ...(species.length === 1 && species[0]!.concentration === 1 ? { element: species[0]!.element } : { species }),
      ...(cellAngstrom ? { fractional: position } : { cartesianAngstrom: position }),
      ...rest,
    })),
  };
}

function canonicalSite(
  site: StructureInput['sites'][number],
  index: number,
  cell: Matrix3 | null,
  toFractional: Matrix3 | null,
): Site {
  const position = canonicalPosition(site, index, cell, toFractional);
  const concentration = site.concentration ?? site.occupancy ?? 1;
  const species = canonicalSpecies(site.species ?? [{ element: site.element!, concentration }], index);
  const { label, momentBohrMagneton, chargeE, massU } = site;
  for (const x of [...position, momentBohrMagneton, chargeE, massU]) {
    if (x !== undefined) requireModest(x, `sites.${index}`);
  }
  return {
    species,
    position,
    ...(label === undefined ? {} : { label }),
    ...(momentBohrMagneton === undefined ? {} : { momentBohrMagneton: withoutNegativeZero(momentBohrMagneton) }),
    ...(chargeE === undefined ? {} : { chargeE: withoutNegativeZero(chargeE) }),
    ...(massU === undefined ? {} : { massU }),
  };
}

function canonicalPosition(
  site: StructureInput['sites'][number],
  index: number,
  cell: Matrix3 | null,
  toFractional: Matrix3 | null,
): Vector3 {
  if (site.fractional) {
    if (cell) return site.fractional.map(withoutNegativeZero) as Vector3;
    throw new KernelError(
      'bad-structure',
      `Site ${index + 1} has fractional coordinates, but there is no cellAngstrom; give cartesianAngstrom.`,
      { site: index },
    );
  }
  const cartesian = site.cartesianAngstrom!;
  if (!cell || !toFractional) return cartesian.map(withoutNegativeZero) as Vector3;
  if (!(cellVolume(cell) > 0)) {
    throw new KernelError(
      'zero-volume',
      'The three cell vectors lie in a plane, so cartesian coordinates have no fractional ones.',
      {
        volumeAngstrom3: cellVolume(cell),
      },
    );
  }
  return rowTimesMatrix(cartesian, toFractional).map(withoutNegativeZero) as Vector3;
}

function canonicalSpecies(species: Species[], index: number): Species[] {
  for (const { element } of species) elementBySymbol(element);
  const sum = species.reduce((total, { concentration }) => total + concentration, 0);
  if (sum > 1 + 1e-6) {
    throw new KernelError('bad-structure', `The concentrations on site ${index + 1} sum to ${sum}, which is over 1.`, {
      site: index,
      sum,
    });
  }
  if (new Set(species.map(({ element }) => element)).size < species.length) {
    throw new KernelError('bad-structure', `Site ${index + 1} names an element twice.`, { site: index });
  }
  return species
    .map(({ element, concentration }) => ({ element, concentration }))
    .sort((a, b) => (a.element < b.element ? -1 : 1));
}

function requireModest(x: number, where: string): void {
  if (Math.abs(x) <= LARGEST_NUMBER) return;
  throw new KernelError('bad-structure', `The number ${x} at ${where} is beyond ${LARGEST_NUMBER}.`, { value: x });
}

/** -0 and 0 are the same place and must have the same hash. */
function withoutNegativeZero(x: number): number {
  return x + 0;
}
