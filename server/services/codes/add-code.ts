import type { z } from 'zod';
import { db } from '@/server/db/client';
import type { addCodeSchema, CodeSummary } from '@/server/schemas/computers';
import type { Actor } from '../actor';
import { getComputer } from '../computers/get-computer';
import { requireOwnComputer } from '../computers/require-computer';
import { buildByHand } from './find-codes';

/** A code that a person knows of; it goes before one that was found. */
export async function addCode(actor: Actor, input: z.output<typeof addCodeSchema>): Promise<CodeSummary[]> {
  const { computerId, program, version, path, prependText, modules } = input;
  await requireOwnComputer(actor, computerId);
  const build = buildByHand(path, version, modules);
  const values = { version, prependText, modules, build, isByHand: true, foundAt: new Date() };
  await db().computerCode.upsert({
    where: { computerId_program_path: { computerId, program, path } },
    update: values,
    create: { computerId, projectId: actor.projectId, program, path, ...values },
  });
  return (await getComputer(actor, { id: computerId })).codes;
}
