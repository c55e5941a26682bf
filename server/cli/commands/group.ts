import { type GroupEntry, titleOf } from '@/server/schemas/provenance';
import { parseArguments, printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';

export const group: Command = {
  summary: 'make groups of nodes, and put nodes into them',
  usage: `usage: brine group list|show|make|delete [NAME] [--json]
       brine group make NAME [--description TEXT] [--json]
       brine group add|remove NAME ID [ID ...] [--json]
       brine group describe NAME TEXT
       brine group rename NAME NEW-NAME

NAME is a group's name or id. Deleting a group leaves its nodes where they are.`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      json: { type: 'boolean', default: false },
      description: { type: 'string', default: '' },
    });
    const [what, name, ...rest] = positionals;
    const print = (answer: unknown, words: string) => {
      if (values.json) printJson(answer);
      else process.stdout.write(words);
      return 0;
    };
    const { groups } = connect();
    if (what === 'list' && !name) {
      const found = await asking(groups.list.query());
      return print(found, found.map(lineOf).join(''));
    }
    if (!name) throw new CliError(this.usage, 2);
    if (what === 'make' && rest.length === 0) {
      const made = await asking(groups.create.mutate({ name, description: values.description }));
      return print(made, `${made.id}\n`);
    }
    const { id: groupId } = await find(name);
    if (what === 'show' && rest.length === 0) return show(groupId, values.json);
    if (what === 'delete' && rest.length === 0)
      return print(
        (await asking(groups.remove.mutate({ groupId }))) ?? { id: groupId },
        `${name} is deleted; its nodes stay.\n`,
      );
    if (what === 'add' && rest.length > 0) {
      const answer = await asking(groups.add.mutate({ groupId, nodeIds: rest }));
      return print(answer, `${answer.added} added\n`);
    }
    if (what === 'remove' && rest.length > 0) {
      const answer = await asking(groups.take.mutate({ groupId, nodeIds: rest }));
      return print(answer, `${answer.taken} removed\n`);
    }
    const [text] = rest;
    if (text === undefined || rest.length > 1) throw new CliError(this.usage, 2);
    if (what === 'describe') return print(await asking(groups.change.mutate({ groupId, description: text })), '');
    if (what === 'rename') return print(await asking(groups.change.mutate({ groupId, name: text })), '');
    throw new CliError(this.usage, 2);
  },
};

const lineOf = ({ id, name, nodes }: GroupEntry) => `${id}  ${String(nodes).padStart(6)}  ${name}\n`;

async function find(name: string): Promise<GroupEntry> {
  const found = (await asking(connect().groups.list.query())).find((one) => one.name === name || one.id === name);
  if (!found) throw new CliError(`There is no group ${name}: see brine group list.`, 2);
  return found;
}

/** The group and all its nodes, page after page. */
async function show(groupId: string, isJson: boolean): Promise<number> {
  const { groups } = connect();
  const first = await asking(groups.get.query({ groupId, limit: 200 }));
  const items = [...first.items];
  for (let cursor = first.nextCursor; cursor; ) {
    const page = await asking(groups.get.query({ groupId, cursor, limit: 200 }));
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  const { nextCursor: _, ...about } = first;
  if (isJson) printJson({ ...about, items });
  else {
    const lines = items.map((item) => `${item.id}  ${titleOf(item)}`);
    process.stdout.write(`${[first.name, ...(first.description ? [first.description] : []), ...lines].join('\n')}\n`);
  }
  return 0;
}
