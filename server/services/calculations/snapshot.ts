import type { Calculation } from '@/generated/prisma/client';
import { type DraftData, draftDataSchema } from '@/server/schemas/draft';
import type { Resolved } from '@/server/schemas/resolved';
import { physicsSchema } from '@/server/schemas/settings';

/** The choices of a calculation and what followed from them; those from before there were two engines say nothing of theirs. */
export function snapshotOf({ inputs }: Pick<Calculation, 'inputs'>): { draft: DraftData; resolved: Resolved } {
  const { draft, resolved } = inputs as unknown as { draft: DraftData; resolved: Resolved };
  return { draft: draftDataSchema.parse(draft), resolved: { ...resolved, ...physicsSchema.parse(resolved) } };
}
