import { parseArguments, printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';
import { curateDatasets, printRejections, showCuration } from '../dataset/curate';
import { exportDataset, searchOf } from '../dataset/export-dataset';
import { findDataset, showDataset } from '../dataset/find-dataset';
import { computeEntryAgain, growDataset } from '../dataset/grow';
import { importDataset, untilRead } from '../dataset/import-dataset';
import { compareResult, forget, freezeResult, listKept, saveQuery } from '../dataset/kept';

export const dataset: Command = {
  summary: 'bring in, list, export, freeze and remove computed databases',
  usage: `usage: brine dataset import FILE|FOLDER|ADDRESS [--name NAME] [--no-wait] [--json]
       brine dataset import ADDRESS --optimade [--filter FILTER] [--name NAME] [--no-wait] [--json]
       brine dataset curate SLUG... --title T [--set NAME=VALUE]... [--again SLUG] [--wait] [--json]
       brine dataset curation SLUG [--json]
       brine dataset rejections SLUG
       brine dataset list [--json]
       brine dataset show SLUG [--json]
       brine dataset stop SLUG
       brine dataset go-on SLUG [--anew] [--no-wait] [--json]
       brine dataset remove SLUG
       brine dataset export SLUG [--format csv|parquet|jsonl|cif] [--output FILE] [WHAT]
       brine dataset save SLUG --name NAME [WHAT] [--json]
       brine dataset freeze SLUG --name NAME [WHAT] [--json]
       brine dataset kept [--json]
       brine dataset compare ID [--json]
       brine dataset forget ID
       brine dataset grow [ID ...] [--count N] [--retry-failed]
       brine dataset again ID

FILE holds OPTIMADE JSON Lines, packed with gzip or not; a table (CSV, or JSON of rows with columns); or a zip of structure files with a
table. FOLDER has such files. ADDRESS is that of a file, or with --optimade of an OPTIMADE database. Entries that cannot be taken are named
with the reason; the others are there as they come. Each dataset answers OPTIMADE requests at /optimade/SLUG.

WHAT says which entries, in which order, with which columns:
  --query ADDRESS   an address of the explorer, or what stands behind its question mark
  --filter TEXT     a filter of OPTIMADE, a formula, or what else its search box understands
  --sort=A,-B       columns, the first one first; - turns the order round
  --columns A,B     for csv, parquet and the table of cif; all: every one

curate makes unique crystals out of raw entries, the preferred dataset first; curation shows the counts of each step, rejections
prints every rejected entry with its reason as CSV. NAME is one of elementsLeftOut, leavesOutDisorder, leavesOutImplicitAtoms,
comparesFormula, minimumDistanceAngstrom, primitiveSitesMax, symmetryToleranceAngstrom, lengthTolerance, angleToleranceDegrees,
siteTolerance, within. --again says which earlier dataset to compare with.

grow computes more of the small crystals that come with Brine, without the platform; Ctrl-C stops it, and the next call goes
on where it ended. again runs the recorded inputs of one of them once more and compares the numbers.`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      name: { type: 'string' },
      title: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
      again: { type: 'string' },
      wait: { type: 'boolean', default: false },
      optimade: { type: 'boolean', default: false },
      filter: { type: 'string' },
      query: { type: 'string' },
      sort: { type: 'string' },
      columns: { type: 'string' },
      format: { type: 'string', default: 'csv' },
      output: { type: 'string' },
      anew: { type: 'boolean', default: false },
      'no-wait': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      count: { type: 'string' },
      'retry-failed': { type: 'boolean', default: false },
    });
    const [what, name] = positionals;
    const { json, filter, query, sort, columns } = values;
    const wait = !values['no-wait'];
    if (what === 'list' && positionals.length === 1) return list(json);
    if (what === 'kept' && positionals.length === 1) return listKept(json);
    if (what === 'curate' && positionals.length > 1)
      return curateDatasets(positionals.slice(1), {
        ...{ title: values.title, set: values.set, againOf: values.again, wait: values.wait, json },
      });
    if (what === 'grow') return grow(positionals.slice(1), values.count, values['retry-failed']);
    if (!name || positionals.length !== 2) throw new CliError(this.usage, 2);
    const asked = { filter, query, sort, columns };
    const keeping = () => {
      if (!values.name) throw new CliError('Say with --name what it is called.', 2);
      return { slug: name, name: values.name, search: searchOf(asked) };
    };
    switch (what) {
      case 'import':
        return importDataset(name, { title: values.name, isOptimade: values.optimade, filter, wait, json });
      case 'curation':
        return showCuration(name, json);
      case 'rejections':
        return printRejections(name);
      case 'show':
        return showDataset(await findDataset(name), json);
      case 'stop':
        return stop(name);
      case 'go-on':
        return goOn(name, { isAnew: values.anew, wait, json });
      case 'remove':
        return remove(name);
      case 'export':
        return exportDataset(name, { ...asked, format: values.format, output: values.output });
      case 'save':
        return saveQuery(keeping(), json);
      case 'freeze':
        return freezeResult(keeping(), json);
      case 'compare':
        return compareResult(name, json);
      case 'forget':
        return forget(name);
      case 'again':
        return computeEntryAgain(name);
      default:
        throw new CliError(this.usage, 2);
    }
  },
};

async function grow(only: string[], asked: string | undefined, retriesFailed: boolean): Promise<number> {
  const count = asked === undefined ? Infinity : Number(asked);
  if (!(count >= 1)) throw new CliError(`--count ${asked} is no number of compounds.`, 2);
  return growDataset({ count, only, retriesFailed });
}

async function list(asJson: boolean): Promise<number> {
  const found = await asking(connect().datasets.list.query());
  if (asJson) printJson(found);
  else
    for (const { slug, title, entryCount } of found) process.stdout.write(`${slug}  ${entryCount} entries  ${title}\n`);
  return 0;
}

async function stop(slug: string): Promise<number> {
  const { id } = await findDataset(slug);
  await asking(connect().datasets.stopImport.mutate({ id }));
  return 0;
}

async function goOn(
  slug: string,
  { isAnew, wait, json }: { isAnew: boolean; wait: boolean; json: boolean },
): Promise<number> {
  const { id } = await findDataset(slug);
  await asking(connect().datasets.goOnImport.mutate({ id, isAnew }));
  const begun = await findDataset(slug);
  return showDataset(wait ? await untilRead(begun) : begun, json);
}

async function remove(slug: string): Promise<number> {
  const { id } = await findDataset(slug);
  await asking(connect().datasets.remove.mutate({ id }));
  return 0;
}
