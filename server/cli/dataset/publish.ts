import { type PublicationReview, publicationChoices, publishSchema } from '@/server/schemas/publication';
import { printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import { findDataset, showDataset } from './find-dataset';
import { untilRead } from './import-dataset';

interface Asked {
  title?: string;
  query?: string;
  calculation?: string[];
  all: boolean;
  keep?: string;
  description?: string;
  licence?: string;
  citation?: string;
  version?: string;
  review: boolean;
  wait: boolean;
  json: boolean;
}

/** Makes a dataset of calculations, or only says what would be in it. */
export async function publish({ review: isReview, wait, json, ...asked }: Asked): Promise<number> {
  const choice = publicationChoices.find((one) => one === (asked.keep ?? 'newest'));
  if (!choice) throw new CliError(`--keep takes one of ${publicationChoices.join(', ')}, not ${asked.keep}.`, 2);
  const selection = selectionOf(asked);
  const { datasets } = connect();
  const review = await asking(datasets.reviewPublication.query({ selection, choice }));
  if (isReview) return showReview(review, json);
  if (!asked.title?.trim()) throw new CliError('Say with --title what the dataset is called.', 2);
  if (!json) for (const warning of review.warnings) process.stderr.write(`${warning}\n`);
  const { title, description, licence, citation, version } = asked;
  const input = publishSchema.safeParse({ selection, choice, title, description, licence, citation, version });
  if (!input.success) throw new CliError(input.error.issues.map(({ message }) => message).join(' '), 2);
  const made = await asking(datasets.publish.mutate(input.data));
  return showDataset(wait ? await untilRead(made) : made, json);
}

function selectionOf({ query, calculation, all }: Pick<Asked, 'query' | 'calculation' | 'all'>) {
  if ([query !== undefined, calculation !== undefined, all].filter(Boolean).length !== 1)
    throw new CliError('Say which calculations: with --query, with --calculation, or --all.', 2);
  if (query !== undefined) return { by: 'query' as const, text: query };
  return calculation ? { by: 'ids' as const, ids: calculation } : { by: 'filters' as const };
}

function showReview(review: PublicationReview, asJson: boolean): number {
  const { found, published, superseded, leftOut, methods, warnings } = review;
  if (asJson) printJson(review);
  else {
    process.stdout.write(`${found} found, ${published} would be published\n`);
    if (superseded > 0) process.stdout.write(`${superseded} left out: another one of the same structure is taken\n`);
    for (const { count, why } of leftOut) process.stdout.write(`${count} left out: ${why}\n`);
    for (const { count, engine, functional, dispersion } of methods)
      process.stdout.write(`${count} with ${engine}, ${functional}, dispersion ${dispersion}\n`);
    for (const warning of warnings) process.stdout.write(`${warning}\n`);
  }
  return 0;
}

/** Publishes again what the dataset's query finds today, and tells what changed. */
export async function update(slug: string, { wait, json }: { wait: boolean; json: boolean }): Promise<number> {
  const { id } = await findDataset(slug);
  const begun = await asking(connect().datasets.bringUpToDate.mutate({ id }));
  const made = wait ? await untilRead(begun) : begun;
  const { source } = made;
  if (!json && made.state === 'ready' && source.kind === 'calculations' && source.changes) {
    const { version, added, changed, gone } = source.changes;
    process.stdout.write(`version ${version}: ${added} new, ${changed} changed, ${gone} gone\n`);
  }
  return showDataset(made, json);
}
