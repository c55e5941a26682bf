import type { z } from 'zod';
import { AppError } from '@/server/errors';
import type { actInAppSchema } from '@/server/schemas/app/apps';
import type { Actor } from '../actor';
import { askRuntimes } from '../notebooks/runtimes';
import { projectScope } from '../scope';
import { requireVisit } from './visit-row';

/** All that a visitor does to the cells beside giving values: what runs is the app's, never the visitor's. */
const allowed: ReadonlySet<string> = new Set(['interrupt', 'answer']);

/** Stops what runs in an opened app, or answers what a cell asks. */
export async function actInApp(
  actor: Actor,
  { id, ...sent }: z.output<typeof actInAppSchema>,
): Promise<{ number: number }> {
  await requireVisit(await projectScope(actor, 'compute'), actor, id);
  if (!sent.operations.every(({ operation }) => allowed.has(operation.kind)))
    throw new AppError('forbidden', 'an operation that visitors have not', {
      userMessage: 'The cells of an app are not changed in it. Open a copy as a notebook to change them.',
    });
  return askRuntimes('POST', `/notebooks/${id}/operations`, sent);
}
