import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { examples } from '@/kernels/crystal/examples.data';
import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import { loadNotebook } from '@/server/runtime/store/load-notebook';
import { type runAppSchema, VALUES_KEY } from '@/server/schemas/app/apps';
import { bindInputs } from '@/server/schemas/app/bind';
import { cellsToRun } from '@/server/schemas/app/cells-to-run';
import { type AppInput, faultOf, type InputValue } from '@/server/schemas/app/inputs';
import type { PersonOperation } from '@/server/schemas/notebook/operations';
import { sourceOf } from '@/server/schemas/notebook/text';
import type { Actor } from '../actor';
import { askRuntimes } from '../notebooks/runtimes';
import { projectScope } from '../scope';
import { declarationsOf, fileOf, languageOf } from './app-row';
import { visitFiles } from './visit-files';
import { requireVisit } from './visit-row';

/**
 * Gives the inputs of an opened app these values and runs what depends on them. While cells run, those that wait are taken back
 * and nothing is begun: `isWaiting` says to ask again when the running one has ended.
 */
export async function runApp(
  actor: Actor,
  { id, values }: z.output<typeof runAppSchema>,
): Promise<{ isWaiting: boolean }> {
  const scope = await projectScope(actor, 'compute');
  const visit = await requireVisit(scope, actor, id);
  const app = await db().app.findUniqueOrThrow({ where: { id: visit.visitOfId } });
  const { state, doc } = await loadNotebook(db(), id);
  // As this visit was made, whatever was published since.
  const file = {
    ...fileOf(app),
    cells: state.order.map((cellId) => toCell(state.cells[cellId]!.type, cellId, sourceOf(doc, cellId))),
  };
  const { inputs } = declarationsOf(file);
  const wanted = Object.fromEntries(inputs.map((one) => [one.name, values[one.name] ?? one.initial]));
  for (const input of inputs) await check(scope, id, input, wanted[input.name]!);
  if (state.running) {
    const waiting = state.queue.map((cellId): PersonOperation => ({ kind: 'cancel', cellId }));
    await send(id, [{ kind: 'metadata', cellId: null, changes: { [VALUES_KEY]: wanted } }, ...waiting]);
    return { isWaiting: true };
  }
  const language = languageOf(file);
  const runs = cellsToRun(state, inputs, wanted).map((cellId) => {
    const source = sourceOf(doc, cellId);
    return { cellId, runId: randomUUID(), source: language ? bindInputs(source, language, inputs, wanted) : source };
  });
  await send(id, [
    ...state.queue.map((cellId): PersonOperation => ({ kind: 'cancel', cellId })),
    { kind: 'metadata', cellId: null, changes: { [VALUES_KEY]: wanted } },
    ...(runs.length > 0 ? [{ kind: 'run' as const, runs }] : []),
  ]);
  return { isWaiting: false };
}

const toCell = (type: 'code' | 'markdown' | 'raw', id: string, source: string) =>
  type === 'code'
    ? { cell_type: type, id, source, metadata: {}, outputs: [], execution_count: null }
    : { cell_type: type, id, source, metadata: {} };

async function check(scope: { projectId: string }, visitId: string, input: AppInput, value: InputValue): Promise<void> {
  const fault = faultOf(input, value) ?? (await absence(scope, visitId, input, value));
  if (fault) throw new AppError('bad-input', `a value of ${input.name}`, { userMessage: fault });
}

/** Why what a value names is not there; null where it is, or names nothing. */
async function absence(
  scope: { projectId: string },
  visitId: string,
  { name, widget }: AppInput,
  value: InputValue,
): Promise<string | null> {
  const label = widget.label ?? name;
  if (widget.kind === 'structure' && typeof value === 'string') {
    if (examples.some(({ id }) => id === value)) return null;
    const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
    const isThere = isId && (await db().structure.count({ where: { ...scope, id: value } })) > 0;
    return isThere ? null : `${label}: this project has no structure ${value}. Choose another.`;
  }
  if (widget.kind === 'file' && value !== null)
    return (await visitFiles(visitId)).includes(String(value))
      ? null
      : `${label}: the file ${value} is not here any more. Choose it again.`;
  return null;
}

const send = (id: string, operations: PersonOperation[]) =>
  askRuntimes('POST', `/notebooks/${id}/operations`, {
    client: randomUUID(),
    operations: operations.map((operation, i) => ({ sequence: i + 1, operation })),
  });
