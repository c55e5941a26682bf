import type { Database } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import type { Actor } from '../actor';
import { enqueue } from '../calculations/enqueue';
import { appendEvents } from '../processes/events';

export const ARITHMETIC = 'arithmetic';

/** Two numbers to be added: by a job with a process and a folder of its own, or within the worker. */
export interface Sum {
  x: number;
  y: number;
  hasJobProcess: boolean;
}

/**
 * Submits the smallest calculation there is, with all that a calculation has: its row, its root process, the nodes of its inputs and their
 * links, and its place in the queue, in the caller's transaction. The benchmark of the engine and tests use it.
 */
export async function submitSum(tx: Database, { projectId, userId }: Actor, sum: Sum): Promise<string> {
  const id = newId();
  const { x, y } = sum;
  const label = `${x} + ${y}`;
  const nodes = [
    { id: newId(), name: 'x', value: x },
    { id: newId(), name: 'y', value: y },
  ];
  await tx.$executeRaw`
    WITH calculation AS (
      INSERT INTO "Calculation" ("id", "projectId", "userId", "kind", "schemaVersion", "label", "formula", "properties", "protocol",
        "functional", "inputs", "useCache")
      VALUES (${id}::uuid, ${projectId}::uuid, ${userId}::uuid, ${ARITHMETIC}, 1, ${label}, '', '{}', '', '', ${JSON.stringify(sum)}::jsonb, false)),
    process AS (
      INSERT INTO "Process" ("id", "projectId", "calculationId", "kind", "name", "title")
      VALUES (${id}::uuid, ${projectId}::uuid, ${id}::uuid, 'workflow', ${ARITHMETIC}, ${label})),
    nodes AS (
      INSERT INTO "DataNode" ("id", "projectId", "kind", "schemaVersion", "value")
      SELECT (n->>'id')::uuid, ${projectId}::uuid, 'number', 1, n->'value' FROM jsonb_array_elements(${JSON.stringify(nodes)}::jsonb) n)
    INSERT INTO "Link" ("id", "kind", "name", "processId", "dataNodeId")
    SELECT gen_random_uuid(), 'input', n->>'name', ${id}::uuid, (n->>'id')::uuid FROM jsonb_array_elements(${JSON.stringify(nodes)}::jsonb) n`;
  const created = { kind: 'state', state: 'created', phase: null, failure: null } as const;
  await appendEvents(tx, { projectId, calculationId: id, processId: id }, [created]);
  await enqueue(tx, id, 'normal', ARITHMETIC);
  return id;
}
