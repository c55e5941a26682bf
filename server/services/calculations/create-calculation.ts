import { asJson, type Database } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { AppError } from '@/server/errors';
import { chosenProperties } from '@/server/properties/ids';
import type { DraftData } from '@/server/schemas/draft';
import type { Resolved } from '@/server/schemas/resolved';
import type { Actor } from '../actor';
import { appendEvents } from '../processes/events';
import { ensureStructureNode } from '../provenance/structure-node';
import { enqueue } from './enqueue';
import { openWaits } from './waits';

/** Raised when the snapshot of inputs changes its shape. */
const SCHEMA_VERSION = 1;

interface NewCalculation {
  draft: DraftData;
  resolved: Resolved;
  isSeed?: boolean;
}

/**
 * A calculation with its root process, the data nodes of its inputs and its place in the queue: all in the caller's
 * transaction, so that there is all of it or nothing.
 */
export async function createCalculation(
  tx: Database,
  actor: Actor,
  { draft, resolved, isSeed = false }: NewCalculation,
): Promise<string> {
  if (resolved.blockers.length > 0)
    throw new AppError('blocked', 'the draft has blockers', {
      userMessage: resolved.blockers.map((blocker) => blocker.message).join(' '),
      details: { blockers: resolved.blockers },
    });
  const id = newId();
  const { projectId, userId } = actor;
  const structureId = resolved.structureId!;
  await tx.calculation.create({
    data: {
      ...{ id, projectId, userId, structureId, isSeed },
      useCache: draft.useCache,
      priority: draft.resources.priority,
      rerunOfId: draft.rerun?.calculationId ?? null,
      rerunFrom: draft.rerun?.from ?? null,
      kind: draft.kind,
      schemaVersion: SCHEMA_VERSION,
      label: resolved.label,
      formula: resolved.formula!,
      properties: chosenProperties(resolved.properties),
      protocol: resolved.protocol,
      functional: resolved.functional,
      inputs: asJson({ draft, resolved }),
    },
  });
  await tx.process.create({
    data: { id, projectId, calculationId: id, kind: 'workflow', name: 'calculation', title: resolved.label },
  });
  const settings = { projectId, kind: 'settings', schemaVersion: SCHEMA_VERSION, value: asJson(resolved) };
  const inputs = {
    structure: await ensureStructureNode(tx, { projectId }, structureId),
    settings: (await tx.dataNode.create({ data: settings })).id,
  };
  for (const [name, dataNodeId] of Object.entries(inputs))
    await tx.link.create({ data: { kind: 'input', name, processId: id, dataNodeId } });
  const mayBegin = await openWaits(tx, { id, projectId, after: draft.after });
  const state = mayBegin ? 'created' : 'waiting';
  if (!mayBegin) await tx.process.update({ where: { id }, data: { state } });
  await appendEvents(tx, { projectId, calculationId: id, processId: id }, [
    { kind: 'state', state, phase: null, failure: null },
  ]);
  if (mayBegin) await enqueue(tx, id, draft.resources.priority);
  return id;
}
