import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { CodeSummary } from '@/server/schemas/computers';
import type { Actor } from '../actor';
import { getComputer } from '../computers/get-computer';
import { requireOwnComputer } from '../computers/require-computer';

/** Forgets a code; what it computed still says with which program and version. */
export async function removeCode(
  actor: Actor,
  { computerId, id }: { computerId: string; id: string },
): Promise<CodeSummary[]> {
  const { codes } = await requireOwnComputer(actor, computerId);
  if (!codes.some((code) => code.id === id)) throw notFound('The code');
  await db().computerCode.delete({ where: { id } });
  return (await getComputer(actor, { id: computerId })).codes;
}
