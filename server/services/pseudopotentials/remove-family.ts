import { db } from '@/server/db/client';
import { AppError, notFound } from '@/server/errors';
import type { Actor } from '../actor';
import { projectScope } from '../scope';

/** Removes a family of the project that nothing uses: a calculation that was computed with its files can be repeated only with them. */
export async function removeFamily(actor: Actor, { id }: { id: string }): Promise<void> {
  const scope = await projectScope(actor, 'write');
  if (!(await db().pseudopotentialFamily.findFirst({ where: { ...scope, id }, select: { id: true } })))
    throw notFound('The family');
  const [calculations, drafts] = await Promise.all([
    db().calculation.count({
      where: { ...scope, inputs: { path: ['draft', 'pseudopotentialFamilyId'], equals: id } },
    }),
    db().draft.count({ where: { ...scope, data: { path: ['pseudopotentialFamilyId'], equals: id } } }),
  ]);
  if (calculations + drafts > 0)
    throw new AppError('conflict', `family ${id} is used`, {
      userMessage: `It is used by ${wordsOf(calculations, drafts)}, which cannot be repeated without it. It stays.`,
    });
  const { count } = await db().pseudopotentialFamily.deleteMany({ where: { ...scope, id } });
  if (count === 0) throw notFound('The family');
}

const wordsOf = (calculations: number, drafts: number) =>
  [
    ...(calculations > 0 ? [`${calculations} ${calculations === 1 ? 'calculation' : 'calculations'}`] : []),
    ...(drafts > 0 ? [`${drafts} ${drafts === 1 ? 'draft' : 'drafts'}`] : []),
  ].join(' and ');
