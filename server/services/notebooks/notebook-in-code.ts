import type { z } from 'zod';
import type { Structure } from '@/kernels/crystal/schema';
import { structureInput } from '@/kernels/crystal/structure';
import { AppError } from '@/server/errors';
import type { DraftData } from '@/server/schemas/draft';
import { fromFile } from '@/server/schemas/notebook/from-file';
import type { NotebookSummary, notebookInCodeSchema } from '@/server/schemas/notebook/notebooks';
import type { Actor } from '../actor';
import { requireCalculation } from '../calculations/require-calculation';
import { snapshotOf } from '../calculations/snapshot';
import { getDraft } from '../drafts/get-draft';
import { projectScope } from '../scope';
import { requireStructure } from '../structures/structure-row';
import { storeNotebook } from './create-notebook';
import { choicesOf } from './in-code/choices';
import { toFile } from './in-code/to-file';
import { newCellId } from './new-cell-id';

/** A notebook that does in code what a calculation did, or what a draft would do. */
export async function notebookInCode(
  actor: Actor,
  { of, language, isInline }: z.output<typeof notebookInCodeSchema>,
): Promise<NotebookSummary> {
  const scope = await projectScope(actor, 'write');
  const { draft, label, href } = await (of.kind === 'draft' ? fromDraft(actor, of.id) : fromCalculation(scope, of.id));
  if (!draft.structureId)
    throw new AppError('bad-input', 'a draft without a structure', {
      userMessage: 'There is no structure yet, so there is nothing to write in code. Choose one first.',
    });
  const row = await requireStructure(scope, draft.structureId);
  const structure = isInline ? structureInput(row.data as unknown as Structure) : row.id;
  const title = label ?? row.name;
  const file = toFile({ title, href, structure, choices: choicesOf(draft) }, language);
  return storeNotebook(actor, scope, { name: title.slice(0, 100), ...fromFile(file, newCellId) });
}

interface Source {
  draft: DraftData;
  label: string | null;
  href: string;
}

async function fromDraft(actor: Actor, id: string): Promise<Source> {
  const { data } = await getDraft(actor, { id });
  return { draft: data, label: data.label, href: `/drafts/${id}/review` };
}

async function fromCalculation(scope: { projectId: string }, id: string): Promise<Source> {
  const row = await requireCalculation(scope, id);
  return { draft: snapshotOf(row).draft, label: row.label, href: `/calculations/${id}` };
}
