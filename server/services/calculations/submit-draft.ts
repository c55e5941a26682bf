import type { z } from 'zod';
import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type { CalculationSummary, submitSchema } from '@/server/schemas/calculation';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { toCalculationSummary } from './calculation-row';
import { createCalculation } from './create-calculation';
import { requireCalculation } from './require-calculation';
import { loadAndResolve } from './resolve-draft';

/** Submits the version of a draft that the person reviewed; the draft ends with it. Where something blocks, the draft stays. */
export async function submitDraft(
  actor: Actor,
  { draftId, version }: z.infer<typeof submitSchema>,
): Promise<CalculationSummary> {
  const scope = await projectScope(actor, 'write');
  const { draft, resolved } = await loadAndResolve(actor, draftId);
  const id = await db().$transaction(async (tx) => {
    const where = { ...scope, id: draftId, userId: actor.userId, version };
    const { count } = await tx.draft.deleteMany({ where });
    if (count === 0 || draft.version !== version)
      throw new AppError('conflict', `the draft is at version ${draft.version}`, {
        userMessage: 'This draft was changed or submitted in another tab. Look at it again before submitting.',
        details: { version: draft.version },
      });
    return createCalculation(tx, actor, { draft: draft.data, resolved });
  });
  return toCalculationSummary(await requireCalculation(scope, id));
}
