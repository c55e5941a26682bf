import { db } from '@/server/db/client';
import { draftDataSchema } from '@/server/schemas/draft';
import { localOwner } from '../auth/local-owner';
import { findMachine } from '../computers/machine';
import { createStructureFromExample } from '../structures/create-structure-from-example';
import { requireStructure } from '../structures/structure-row';
import { createCalculation } from './create-calculation';
import { resolve } from './resolve/resolve';

/** At the very first start silicon is computed by itself, so that the first page opened shows a real result. */
export async function seedExample(): Promise<void> {
  const { projectId } = localOwner;
  if ((await db().calculation.count({ where: { projectId } })) > 0) return;
  const { id: structureId } = await createStructureFromExample(localOwner, { exampleId: 'silicon' });
  const draft = draftDataSchema.parse({
    step: 'review',
    structureId,
    // It is the first plot that a person sees here: lines without corners, and a density of states without steps.
    properties: { bands: { stepPerAngstrom: 0.04 }, dos: { mesh: [12, 12, 12], stepEv: 0.02 } },
    protocol: 'fast',
    electronicType: 'insulator',
    // Converged enough for bands that one would show, and done in seconds.
    overrides: { mesh: [6, 6, 6], cutoffHartree: 15 },
  });
  const row = await requireStructure({ projectId }, structureId);
  const resolved = await resolve(draft, row, await findMachine({ projectId }, null));
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('seed', 0))`;
    if ((await tx.calculation.count({ where: { projectId, isSeed: true } })) > 0) return;
    await createCalculation(tx, localOwner, { draft, resolved, isSeed: true });
  });
}
