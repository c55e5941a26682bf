import { createInterface } from 'node:readline/promises';
import { type DeletionPlan, titleOf } from '@/server/schemas/provenance';
import { printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';

interface Options {
  ancestors: boolean;
  yes: boolean;
  json: boolean;
}

/** Shows what would go with a node, asks, and deletes that and no more. */
export async function deleteNode(id: string, { ancestors: withAncestors, yes, json }: Options): Promise<number> {
  const { provenance } = connect();
  const plan = await asking(provenance.planDeletion.query({ id, withAncestors }));
  if (json && !yes) {
    printJson(plan);
    return 0;
  }
  if (!json) process.stderr.write(`${linesOf(plan).join('\n')}\n`);
  if (plan.running.length > 0)
    throw new CliError(`${plan.running.map(({ title }) => title).join(', ')}: stop it first, or wait for its end.`);
  if (!yes && !(await isAgreed())) {
    process.stderr.write('Nothing was deleted.\n');
    return 1;
  }
  const { fingerprint } = plan;
  const gone = await asking(provenance.delete.mutate({ id, withAncestors, fingerprint }));
  if (json) printJson({ ...plan, deleted: gone });
  else process.stderr.write(`Deleted ${gone.values} values and ${gone.processes} processes.\n`);
  return 0;
}

function linesOf(plan: DeletionPlan): string[] {
  const { values, processes, items, calculations, structures, fileBytes, groups, drafts } = plan;
  const more = values + processes - items.length;
  return [
    `${values} values and ${processes} processes would go; files of ${fileBytes} bytes are named by nothing else.`,
    ...items.map((item) => `  ${item.id}  ${titleOf(item)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...calculations.map(
      ({ label, tookOver }) => `whole calculation: ${label}${tookOver ? ', which took results over' : ''}`,
    ),
    ...structures.map(({ name }) => `leaves the list of structures: ${name}`),
    ...groups.map(({ name, nodes }) => `group ${name}: loses ${nodes} of its nodes`),
    ...drafts.map(({ structure }) => `a draft keeps the structure ${structure}, without its origin`),
    ...(plan.comments + plan.tags > 0 ? [`${plan.tags} tags and ${plan.comments} comments go too`] : []),
    ...(plan.unusedAncestors > 0
      ? [`--ancestors: also ${plan.unusedAncestors} nodes that it came from and nothing else uses`]
      : []),
  ];
}

async function isAgreed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new CliError('Without a terminal to ask at, say --yes to delete.', 2);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question('Delete for good? [y/N] ')).trim());
  } finally {
    lines.close();
  }
}
