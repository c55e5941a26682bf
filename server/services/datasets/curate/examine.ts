import { KernelError } from '@/kernels/core/errors';
import { checkOverlap } from '@/kernels/crystal/check-structure';
import { fromOptimade } from '@/kernels/crystal/formats/json';
import { toOptimade } from '@/kernels/crystal/formats/to-optimade';
import { matchStructures } from '@/kernels/crystal/match-structures';
import { bareCrystal, primitiveCrystal } from '@/kernels/crystal/primitive-lattice';
import type { Structure } from '@/kernels/crystal/schema';
import { analyzeSymmetry } from '@/kernels/crystal/symmetry';
import type { RejectionReason } from '@/server/schemas/curation';
import type { CurationSettings } from '@/server/schemas/curation-settings';
import { formulasOf, optimadeFormulas } from '../import/formulas';
import { amountsOf } from '../import/table/row-lines';

export interface RawEntry {
  attributes: Record<string, unknown>;
  /** As the source writes it. */
  formula: string | null;
  spaceGroupNumber: number | null;
  /** How many of its properties the source failed to compute. */
  failures: number;
}

export type Examined =
  | { reason: RejectionReason; detail: string }
  | { groupKey: string; primitive: Record<string, unknown>; siteCount: number; warnings: number };

/** A cell of more atoms that repeats a smaller one is brought to it first: its operations would take seconds to find. */
const REPEATED_SITES_MAX = 100;
const SITES_MAX = 1_000;
const EFFORT = 5e6;

/** In the structure thread. */
export const examineEntries = ({
  entries,
  settings,
}: {
  entries: RawEntry[];
  settings: CurationSettings;
}): Examined[] => entries.map((entry) => examine(entry, settings));

export function examine(entry: RawEntry, settings: CurationSettings): Examined {
  const { attributes } = entry;
  const reject = (reason: RejectionReason, detail: string) => ({ reason, detail });
  if (!Array.isArray(attributes.cartesian_site_positions) || attributes.cartesian_site_positions.length === 0)
    return reject('no-coordinates', 'The source gives no coordinates of its atoms.');
  let structure: Structure;
  try {
    structure = fromOptimade(attributes);
  } catch (err) {
    if (err instanceof KernelError) return reject('no-coordinates', err.message);
    throw err;
  }
  const { sites, periodic, cellAngstrom } = structure;
  if (!cellAngstrom || periodic.includes(false))
    return reject('no-crystal', `It repeats in ${periodic.filter(Boolean).length} directions.`);
  const { elements, reduced } = optimadeFormulas(structure);
  const unwanted = elements.filter((element) => settings.elementsLeftOut.includes(element));
  if (unwanted.length > 0) return reject('left-out-element', `It has ${unwanted.join(', ')}.`);
  const partial = sites.filter(({ species }) => species.length > 1 || Math.abs(species[0]!.concentration - 1) > 1e-6);
  if (partial.length > 0 && settings.leavesOutDisorder)
    return reject('disorder', `${partial.length} of its ${sites.length} sites are partly occupied or shared.`);
  const features = attributes.structure_features;
  if (settings.leavesOutImplicitAtoms && Array.isArray(features) && features.includes('implicit_atoms'))
    return reject('implicit-atoms', 'The source says that atoms of its formula have no site.');
  const said = settings.comparesFormula && entry.formula !== null ? amountsOf(entry.formula) : null;
  if (said && reduced !== null && formulasOf(said).reduced !== reduced)
    return reject('formula-differs', `The source says ${entry.formula}, its sites make ${reduced}.`);
  const [overlap] = checkOverlap(structure, settings.minimumDistanceAngstrom);
  if (overlap) return reject('overlap', overlap.message);
  try {
    const small = sites.length > REPEATED_SITES_MAX ? smallest(structure, settings) : structure;
    const { primitive, spaceGroupNumber } = analyzeSymmetry(small, {
      toleranceAngstrom: settings.symmetryToleranceAngstrom,
      maximumSites: SITES_MAX,
    });
    const siteCount = primitive.sites.length;
    if (siteCount > settings.primitiveSitesMax)
      return reject('too-many-atoms', `Its primitive cell has ${siteCount} atoms, over ${settings.primitiveSitesMax}.`);
    const isOther = entry.spaceGroupNumber !== null && entry.spaceGroupNumber !== spaceGroupNumber;
    return {
      groupKey: `${reduced ?? entry.formula}|${spaceGroupNumber}`,
      primitive: { ...toOptimade(primitive), space_group_it_number: spaceGroupNumber },
      siteCount,
      warnings: entry.failures + (isOther ? 1 : 0),
    };
  } catch (err) {
    if (err instanceof KernelError) return reject('no-symmetry', err.message);
    throw err;
  }
}

function smallest(structure: Structure, { symmetryToleranceAngstrom }: CurationSettings): Structure {
  const bare = bareCrystal(structure);
  const { cellAngstrom, kinds, positions } = primitiveCrystal(bare, symmetryToleranceAngstrom);
  const speciesOf = new Map(bare.kinds.map((kind, i) => [kind, structure.sites[i]!.species]));
  const sites = positions.map((position, i) => ({ species: speciesOf.get(kinds[i]!)!, position }));
  return { cellAngstrom, periodic: [true, true, true], sites };
}

/** Which of the first members of families an entry is the same crystal as; -1 for none. In the structure thread. */
export function findFamily({
  primitive,
  firsts,
  settings,
}: {
  primitive: Record<string, unknown>;
  firsts: Record<string, unknown>[];
  settings: CurationSettings;
}): number {
  const { lengthTolerance: lengths, angleToleranceDegrees: anglesDegrees, siteTolerance: sites } = settings;
  const structure = fromOptimade(primitive);
  return firsts.findIndex((first) => {
    try {
      return (
        matchStructures(fromOptimade(first), structure, { lengths, anglesDegrees, sites, effort: EFFORT }) !== null
      );
    } catch (err) {
      if (err instanceof KernelError) return false;
      throw err;
    }
  });
}
