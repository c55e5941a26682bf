import { asJson, db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type { DatasetReport } from '@/server/schemas/datasets';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireOwnDataset } from './dataset-row';
import { ReportWriter } from './import/report';

/** Ends an import early; what was taken stays, and it can go on. Whoever reads finds it stopped at the next piece. */
export async function stopImport(actor: Actor, { id }: { id: string }): Promise<void> {
  const scope = await projectScope(actor, 'write');
  const { report: so } = await requireOwnDataset(scope, id);
  const report = new ReportWriter(so as unknown as DatasetReport);
  report.end('It was stopped.');
  const { count } = await db().dataset.updateMany({
    where: { id, state: 'importing' },
    data: { state: 'interrupted', report: asJson(report.value), updatedAt: new Date() },
  });
  if (count === 0)
    throw new AppError('conflict', 'the import has ended', { userMessage: 'This import has ended already.' });
}
