import { KernelError } from '../core/errors';
import { cellParameters, cellVolume } from './cell';
import { nearestPair } from './neighbours';
import type { Site, Structure } from './schema';

/** What is wrong with a structure, as a sentence for a person (what and where), a stable code, and the numbers. */
export interface StructureProblem {
  code: string;
  message: string;
  numbers: Record<string, number | string | readonly number[]>;
}

export interface StructureLimits {
  maximumSites?: number;
  /** Nearer pairs count as overlapping. */
  minimumDistanceAngstrom?: number;
}

/** All that makes a structure unfit for any calculation. Empty when it is sound. Periodicity is a matter of the engine: `checkPeriodicity`. */
export function checkStructure(structure: Structure, limits: StructureLimits = {}): StructureProblem[] {
  const unusable = [...checkNumbers(structure), ...checkCell(structure)];
  const large = checkSize(structure, limits.maximumSites ?? 100_000);
  const occupancies = checkOccupancies(structure);
  // Distances mean nothing in a broken cell, and overlaps of a structure that is too large are not what to tell about it.
  if (unusable.length || large.length) return [...unusable, ...large, ...occupancies];
  return [...occupancies, ...checkOverlap(structure, limits.minimumDistanceAngstrom ?? 0.5)];
}

export function checkNumbers({ cellAngstrom, sites }: Structure): StructureProblem[] {
  if (cellAngstrom?.flat().some((x) => !Number.isFinite(x))) {
    return [problem('not-finite', 'The cell has a component that is not a number.', {})];
  }
  const i = sites.findIndex(({ position }) => position.some((x) => !Number.isFinite(x)));
  if (i < 0) return [];
  return [problem('not-finite', `${siteName(sites[i]!, i)} has a coordinate that is not a number.`, { site: i })];
}

/** A cell is broken when its volume is below a millionth of the box that its lengths span. */
export function checkCell({ cellAngstrom }: Structure): StructureProblem[] {
  if (!cellAngstrom) return [];
  const volumeAngstrom3 = cellVolume(cellAngstrom);
  const { lengthsAngstrom } = cellParameters(cellAngstrom);
  const box = lengthsAngstrom.reduce((product, length) => product * length, 1);
  if (volumeAngstrom3 > 1e-6 * box && volumeAngstrom3 > 1e-3) return [];
  const zero = lengthsAngstrom.indexOf(0);
  const isFlat = volumeAngstrom3 <= 1e-6 * box;
  const why =
    zero >= 0
      ? `cell vector ${'abc'[zero]} has length zero`
      : isFlat
        ? 'its three vectors lie in a plane'
        : 'it is far smaller than an atom; are its lengths in angstrom?';
  return [
    problem('zero-volume', `The cell has no volume (${volumeAngstrom3.toPrecision(3)} cubic angstrom): ${why}.`, {
      volumeAngstrom3,
      lengthsAngstrom,
    }),
  ];
}

export function checkOverlap(structure: Structure, minimumDistanceAngstrom = 0.5): StructureProblem[] {
  const pair = nearestPairOrProblem(structure);
  if (pair === null) return [];
  if ('code' in pair) return [pair];
  const { first, second, image, distanceAngstrom } = pair;
  if (distanceAngstrom >= minimumDistanceAngstrom) return [];
  const [one, other] = [first, second].map((i) => siteName(structure.sites[i]!, i));
  const isOwnImage = first === second;
  const place = image.some((n) => n !== 0) ? ` in the cell shifted by (${image.join(', ')})` : '';
  return [
    problem(
      'overlap',
      `${one} and ${isOwnImage ? 'its own image' : other}${place} are ${distanceAngstrom.toFixed(3)} angstrom apart, ` +
        `nearer than ${minimumDistanceAngstrom} angstrom. Remove one of them or mend the cell.`,
      { first, second, image, distanceAngstrom, minimumDistanceAngstrom },
    ),
  ];
}

/** Sites that are shared between elements or partly empty. */
export function checkOccupancies({ sites }: Structure): StructureProblem[] {
  const partial = sites.flatMap((site, i) => (isFull(site) ? [] : [i]));
  if (partial.length === 0) return [];
  const first = sites[partial[0]!]!;
  const content = first.species.map(({ element, concentration }) => `${element} ${round(concentration)}`).join(', ');
  const others = partial.length > 1 ? ` and ${partial.length - 1} more` : '';
  return [
    problem(
      'partial-occupancy',
      `${siteName(first, partial[0]!)}${others} ${partial.length > 1 ? 'are' : 'is'} partly occupied (${content}). ` +
        'A calculation needs whole atoms: choose an ordered version of this structure.',
      { site: partial[0]!, count: partial.length, content },
    ),
  ];
}

export function checkSize({ sites }: Structure, maximumSites: number): StructureProblem[] {
  if (sites.length <= maximumSites) return [];
  return [
    problem('too-many-atoms', `The structure has ${sites.length} atoms; at most ${maximumSites} are possible here.`, {
      sites: sites.length,
      maximumSites,
    }),
  ];
}

/** For engines that compute crystals only. */
export function checkPeriodicity({ cellAngstrom, periodic }: Structure): StructureProblem[] {
  if (!cellAngstrom) {
    return [
      problem(
        'no-cell',
        'The structure has no cell. Put it into a box with some vacuum around it to compute it here.',
        {},
      ),
    ];
  }
  const open = [0, 1, 2].filter((axis) => !periodic[axis]);
  if (open.length === 0) return [];
  const axes = open.map((axis) => 'abc'[axis]).join(' and ');
  return [
    problem(
      'not-periodic',
      `The structure is not periodic along ${axes}; it will be computed as repeated along ${open.length > 1 ? 'them' : 'it'}.`,
      { axes: open },
    ),
  ];
}

function nearestPairOrProblem(structure: Structure) {
  try {
    return nearestPair(structure);
  } catch (err) {
    if (!(err instanceof KernelError)) throw err;
    return problem(err.code, err.message, err.numbers);
  }
}

function isFull({ species }: Site): boolean {
  return species.length === 1 && Math.abs(species[0]!.concentration - 1) < 1e-6;
}

function siteName({ species, label }: Site, index: number): string {
  const elements = species.map(({ element }) => element).join('/');
  return `Atom ${index + 1} (${label && label !== elements ? label : elements})`;
}

function round(x: number): number {
  return Number(x.toFixed(4));
}

function problem(code: string, message: string, numbers: StructureProblem['numbers']): StructureProblem {
  return { code, message, numbers };
}
