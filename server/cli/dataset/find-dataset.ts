import type { DatasetSummary } from '@/server/schemas/datasets';
import { printJson } from '../arguments';
import { asking, connect } from '../client';

export const findDataset = (slug: string): Promise<DatasetSummary> => asking(connect().datasets.get.query({ slug }));

/** What became of it, entries that were left out with their reasons; the exit status. */
export function showDataset(found: DatasetSummary, asJson: boolean): number {
  if (asJson) printJson(found);
  else {
    const { slug, title, state, entryCount, symmetryCount, report } = found;
    process.stdout.write(`${slug}: ${title}, ${entryCount} entries${state === 'ready' ? '' : `, ${state}`}\n`);
    if (state === 'ready' && symmetryCount < entryCount)
      process.stdout.write(`space groups of ${symmetryCount} looked for so far\n`);
    if (report.refused + report.repeated > 0)
      process.stdout.write(`${report.refused} refused, ${report.repeated} repeated\n`);
    if (report.propertiesLeftOut > 0)
      process.stdout.write(`${report.propertiesLeftOut} values of properties left out\n`);
    for (const { what, why } of report.examples) process.stderr.write(`Left out: ${what}: ${why}\n`);
  }
  return found.state === 'interrupted' ? 1 : 0;
}
