import { Buffer } from 'node:buffer';
import { db } from '@/server/db/client';
import type { CalculationFile, CalculationSummary } from '@/server/schemas/calculation';
import { draftDataSchema } from '@/server/schemas/draft';
import { physicsSchema } from '@/server/schemas/settings';
import type { Actor } from '../actor';
import { findMachine } from '../computers/machine';
import { findFamily } from '../pseudopotentials/find-family';
import { projectScope } from '../scope';
import { importBytes } from '../structures/import-structure';
import { requireStructure } from '../structures/structure-row';
import { toCalculationSummary } from './calculation-row';
import { createCalculation } from './create-calculation';
import { requireCalculation } from './require-calculation';
import { resolve } from './resolve/resolve';

/** Submits what a calculation file says, in one step: the way of the command line. */
export async function submitFile(actor: Actor, file: CalculationFile): Promise<CalculationSummary> {
  const scope = await projectScope(actor, 'compute');
  const structureId = await structureOf(actor, file.structure);
  const { scheme, widthHartree } = typeof file.occupations === 'object' ? file.occupations : {};
  const overrides = { ...(scheme ? { scheme } : {}), ...(widthHartree ? { widthHartree } : {}), ...file.overrides };
  const electronicType = typeof file.occupations === 'string' ? file.occupations : file.electronicType;
  const { properties, protocol, functional, resources, label = null, useCache, after } = file;
  const draft = draftDataSchema.parse({
    ...{ structureId, properties, protocol, functional, electronicType, overrides, resources, label, useCache, after },
    ...physicsSchema.parse(file),
    step: 'review',
  });
  const row = await requireStructure(scope, structureId);
  const family = await findFamily(scope, draft.pseudopotentialFamilyId);
  const resolved = await resolve(draft, row, await findMachine(scope, resources.computerId), family);
  const id = await db().$transaction((tx) => createCalculation(tx, actor, { draft, resolved }));
  return toCalculationSummary(await requireCalculation(scope, id));
}

async function structureOf(actor: Actor, structure: CalculationFile['structure']): Promise<string> {
  if ('id' in structure) return structure.id;
  const [text, fileName] =
    'text' in structure ? [structure.text, structure.fileName ?? null] : [JSON.stringify(structure), 'structure.json'];
  return (await importBytes(actor, { bytes: Buffer.from(text), fileName, source: 'cli' })).id;
}
