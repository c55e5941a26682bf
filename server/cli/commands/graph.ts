import { type GraphEdge, titleOf, WALK_MAX, type Walk } from '@/server/schemas/provenance';
import { parseArguments, printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';
import { requireId } from './show';

export const graph: Command = {
  summary: 'print where a value comes from, or what became of it',
  usage: `usage: brine graph ID [--descendants] [--limit N] [--json]

Its ancestors as a tree, the nearest first; each node is opened once.
  --descendants  what became of it instead
  --limit N      at most N nodes; 1000 by default, ${WALK_MAX} at most`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      json: { type: 'boolean', default: false },
      descendants: { type: 'boolean', default: false },
      limit: { type: 'string', default: '1000' },
    });
    const id = requireId(positionals, this.usage);
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1 || limit > WALK_MAX)
      throw new CliError(`--limit takes a whole number from 1 to ${WALK_MAX}, not ${values.limit}.`, 2);
    const direction = values.descendants ? 'out' : 'in';
    const walk = await asking(connect().provenance.walk.query({ id, direction, limit }));
    if (values.json) printJson(walk);
    else for (const line of treeOf(walk, id, direction)) process.stdout.write(`${line}\n`);
    if (walk.isCut) process.stderr.write(`There is more: these are the ${limit} nearest nodes.\n`);
    return 0;
  },
};

/** Without recursion: a chain may be longer than the stack is deep. */
function* treeOf({ items, edges }: Walk, root: string, direction: 'in' | 'out'): Generator<string> {
  const [here, there] = direction === 'in' ? (['to', 'from'] as const) : (['from', 'to'] as const);
  const byId = new Map(items.map((item) => [item.id, item]));
  const next = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const list = next.get(edge[here]);
    if (list) list.push(edge);
    else next.set(edge[here], [edge]);
  }
  const opened = new Set<string>();
  const waiting = [{ id: root, depth: 0, name: '' }];
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    const item = byId.get(at.id);
    if (!item) continue;
    const isAgain = opened.has(at.id);
    opened.add(at.id);
    yield `${'  '.repeat(at.depth)}${at.name && `${at.name}: `}${titleOf(item)}  ${at.id}${isAgain ? '  (above)' : ''}`;
    if (isAgain) continue;
    const { depth } = at;
    const steps = (next.get(at.id) ?? []).map((edge) => ({ id: edge[there], depth: depth + 1, name: edge.name }));
    waiting.push(...steps.reverse());
  }
}
