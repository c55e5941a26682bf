import { appCategories, appRuns } from '@/server/schemas/app/apps';
import { parseArguments, printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';

export const app: Command = {
  summary: 'list, publish and take back notebooks as apps',
  usage: `usage: brine app list [--category CATEGORY] [--text WORDS] [--json]
       brine app publish NOTEBOOK --name ADDRESS --title TITLE --description SENTENCE [--category CATEGORY]
                         [--runs change|button] [--json]
       brine app unpublish ADDRESS

publish makes an app of a notebook as it is now, or puts its text of now in the place of what was published before. What is
edited later changes nothing in the app until it is published anew. Inputs are declared in the notebook's cells (docs/apps.md).

  --name      the last part of its address: /apps/equation-of-state
  --category  one of ${appCategories.join(', ')}
  --runs      at each change of an input, or when the visitor presses a button`,
  async run(args) {
    const [name, ...rest] = args;
    const act = Object.hasOwn(acts, name ?? '') ? acts[name!] : undefined;
    if (!act) throw new CliError(this.usage, 2);
    return act(rest, this.usage);
  },
};

const acts: Record<string, (args: string[], usage: string) => Promise<number>> = {
  async list(args, usage) {
    const { values, positionals } = parseArguments(args, {
      category: { type: 'string' },
      text: { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    if (positionals.length > 0) throw new CliError(usage, 2);
    const category = values.category === undefined ? null : oneOf(appCategories, values.category, '--category');
    const found = await asking(connect().apps.list.query({ category, text: values.text ?? null }));
    if (values.json) printJson(found);
    else
      for (const { name, title, author, version } of found)
        process.stdout.write(`${name}  version ${version}  ${author}  ${title}\n`);
    return 0;
  },

  async publish(args, usage) {
    const { values, positionals } = parseArguments(args, {
      name: { type: 'string' },
      title: { type: 'string' },
      description: { type: 'string' },
      category: { type: 'string', default: 'other' },
      runs: { type: 'string', default: 'change' },
      json: { type: 'boolean', default: false },
    });
    const [id] = positionals;
    const { name, title, description } = values;
    if (!id || positionals.length > 1 || !name || !title || !description) throw new CliError(usage, 2);
    const category = oneOf(appCategories, values.category, '--category');
    const runs = oneOf(appRuns, values.runs, '--runs');
    const made = await asking(connect().apps.publish.mutate({ id, name, title, description, category, runs }));
    if (values.json) printJson(made);
    else process.stdout.write(`/apps/${made.name}  version ${made.version}\n`);
    return 0;
  },

  async unpublish(args, usage) {
    const { positionals } = parseArguments(args, {});
    const [name] = positionals;
    if (!name || positionals.length > 1) throw new CliError(usage, 2);
    await asking(connect().apps.unpublish.mutate({ name }));
    process.stdout.write(`/apps/${name} is no app any more.\n`);
    return 0;
  },
};

function oneOf<Choice extends string>(choices: readonly Choice[], given: string, flag: string): Choice {
  const found = choices.find((one) => one === given);
  if (!found) throw new CliError(`${flag} takes one of ${choices.join(', ')}; ${given} is none.`, 2);
  return found;
}
