import { Prisma } from '@/generated/prisma/client';
import { KernelError } from '@/kernels/core/errors';
import { writtenFormula } from '@/kernels/crystal/formula';
import { energiesAboveHull } from '@/kernels/stability/hull';
import { db } from '@/server/db/client';
import type { Hull, HullPhase, PropertyDefinition } from '@/server/schemas/datasets';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { loadRow } from './entry-row';

const ELEMENTS_MAX = 4;
const PHASES_MAX = 3_000;

/**
 * The phases of an entry's chemical system within its dataset and how far each lies above their convex hull. Only values of one property of one
 * dataset go into it: energies of different functionals have different zeros. Null where there is no such property or nothing to compare.
 */
export async function getHull(actor: Actor, asked: { slug: string; key: string }): Promise<Hull | null> {
  const scope = await projectScope(actor, 'read');
  const { dataset, entry } = await loadRow(scope, asked);
  const property = energyProperty(dataset.properties as unknown as PropertyDefinition[]);
  const { elements } = entry;
  if (!property || elements.length < 2 || elements.length > ELEMENTS_MAX) return null;
  const found = await phasesOf(dataset.id, elements, property.name);
  const phases = [...found, ...missingElements(found, elements)];
  if (!found.some(({ key }) => key === entry.key)) return null;
  try {
    const stabilities = energiesAboveHull(phases, phases);
    return {
      elements,
      property: { name: property.name, title: property.title, unit: property.unit },
      phases: phases.map((phase, i) => ({ ...phase, aboveHull: stabilities[i]!.aboveHull })),
      own: phases.findIndex(({ key }) => key === entry.key),
      decomposition: stabilities[phases.findIndex(({ key }) => key === entry.key)]!.decomposition,
      isCut: found.length === PHASES_MAX,
    };
  } catch (err) {
    if (err instanceof KernelError) return null;
    throw err;
  }
}

/** An energy of formation per atom, by its name: what is measured from the elements. */
const energyProperty = (definitions: readonly PropertyDefinition[]) =>
  definitions.find(
    ({ name, type }) => /formation_energy(_per_atom)?$/.test(name) && (type === 'number' || type === 'integer'),
  );

async function phasesOf(
  datasetId: string,
  elements: readonly string[],
  property: string,
): Promise<Omit<HullPhase, 'aboveHull'>[]> {
  const rows = await db().$queryRaw<{ key: string; formula: string; energy: number }[]>(Prisma.sql`
    SELECT e."key", e."formulaReduced" AS "formula", (e."properties" -> ${property})::double precision AS "energy"
    FROM "Entry" e WHERE e."datasetId" = ${datasetId}::uuid AND e."elements" <@ ${[...elements]}::text[]
      AND jsonb_typeof(e."properties" -> ${property}) = 'number'
    ORDER BY e."number" LIMIT ${PHASES_MAX}`);
  return rows.map(({ key, formula, energy }) => ({
    key,
    formula: writtenFormula(formula),
    energyPerAtom: energy,
    composition: shares(formula, elements),
  }));
}

function shares(formula: string, elements: readonly string[]): number[] {
  const counts = new Map(
    [...formula.matchAll(/([A-Z][a-z]?)([\d.]*)/g)].map(([, element, count]) => [element, count ? Number(count) : 1]),
  );
  const total = [...counts.values()].reduce((a, b) => a + b, 0);
  return elements.map((element) => (counts.get(element) ?? 0) / total);
}

/** An element without an entry stands for itself: its energy of formation is zero by definition. */
function missingElements(
  phases: readonly Omit<HullPhase, 'aboveHull'>[],
  elements: readonly string[],
): Omit<HullPhase, 'aboveHull'>[] {
  return elements
    .map((element, i) => ({
      key: null,
      formula: element,
      energyPerAtom: 0,
      composition: elements.map((_, j) => Number(i === j)),
    }))
    .filter((_, i) => !phases.some(({ composition }) => composition[i]! === 1));
}
