import { csvLine } from '@/server/schemas/csv';
import { rejectionReasons } from '@/server/schemas/curation';
import { printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import { findDataset } from './find-dataset';
import { untilRead } from './import-dataset';

interface Asked {
  title: string | undefined;
  set: string[];
  againOf: string | undefined;
  wait: boolean;
  json: boolean;
}

/** Makes unique crystals out of datasets, the preferred one first. */
export async function curateDatasets(slugs: string[], { title, set, againOf, wait, json }: Asked): Promise<number> {
  if (!title) throw new CliError('Say with --title what the new dataset is called.', 2);
  const settings = Object.fromEntries(set.map(readSetting));
  const made = await asking(connect().datasets.curate.mutate({ slugs, title, settings, againOf }));
  if (wait) await untilRead(made);
  return showCuration(made.slug, json);
}

function readSetting(text: string): [string, unknown] {
  const at = text.indexOf('=');
  if (at < 1) throw new CliError(`--set ${text} should be name=value.`, 2);
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  if (name === 'elementsLeftOut' || name === 'within') return [name, value.split(',').filter((one) => one !== '')];
  if (value === 'true' || value === 'false') return [name, value === 'true'];
  return [name, Number(value)];
}

/** The funnel in lines; the exit status is 1 where it ended early. */
export async function showCuration(slug: string, json: boolean): Promise<number> {
  const found = await asking(connect().datasets.curation.query({ slug }));
  const { state } = await findDataset(slug);
  if (json) printJson({ slug, state, ...found });
  else {
    const { total, examined, rejected, passed, groups, families, keptSha256, since } = found;
    process.stdout.write(`${slug}: ${examined} of ${total} raw entries looked at\n`);
    for (const { reason, count } of rejected)
      process.stdout.write(
        `  ${count} rejected: ${rejectionReasons[reason as keyof typeof rejectionReasons]} (${reason})\n`,
      );
    process.stdout.write(
      `${passed} left, in ${groups} groups of one composition and space group\n${families} unique crystals\n`,
    );
    if (keptSha256) process.stdout.write(`SHA-256 ${keptSha256}\n`);
    for (const key of since?.came.keys ?? []) process.stdout.write(`+ ${key}\n`);
    for (const key of since?.went.keys ?? []) process.stdout.write(`- ${key}\n`);
  }
  return state === 'interrupted' ? 1 : 0;
}

/** All rejected entries as CSV, page by page. */
export async function printRejections(slug: string): Promise<number> {
  const client = connect();
  process.stdout.write(csvLine(['dataset', 'entry', 'formula', 'reason', 'detail']));
  for (let cursor: number | null = 0; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof client.datasets.rejections.query>> = await asking(
      client.datasets.rejections.query({ slug, cursor, limit: 1_000 }),
    );
    for (const one of page.items)
      process.stdout.write(csvLine([one.slug, one.key, one.formula, one.reason, one.detail]));
    cursor = page.nextCursor;
  }
  return 0;
}
