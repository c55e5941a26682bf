import { db } from '@/server/db/client';
import type { CalculationSummary, RerunInput } from '@/server/schemas/calculation';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';
import { toCalculationSummary } from '../calculation-row';
import { createCalculation } from '../create-calculation';
import { requireCalculation } from '../require-calculation';
import { resolveData } from '../resolve-draft';
import { snapshotOf } from '../snapshot';
import { applyChanges, requireKnownSettings } from './apply-changes';

/** Submits a calculation again from one of its steps, with some choices changed: the way of the command line. */
export async function rerunCalculation(actor: Actor, { id, from, set }: RerunInput): Promise<CalculationSummary> {
  const scope = await projectScope(actor, 'write');
  const source = await requireCalculation(scope, id);
  const before = { ...snapshotOf(source).draft, label: null, after: [], rerun: { calculationId: id, from } };
  const draft = applyChanges(before, set);
  const { resolved } = await resolveData(scope, draft);
  requireKnownSettings(resolved, set);
  const created = await db().$transaction((tx) => createCalculation(tx, actor, { draft, resolved }));
  return toCalculationSummary(await requireCalculation(scope, created));
}
