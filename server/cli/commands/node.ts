import type { GraphEdge, GraphItem, NodeDetail } from '@/server/schemas/provenance';
import { edgeWords, titleOf } from '@/server/schemas/provenance';
import { parseArguments, printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';
import { deleteNode } from './node-delete';
import { requireId } from './show';

export const node: Command = {
  summary: 'show a value or a process of the provenance graph, say something about it, delete it',
  usage: `usage: brine node show ID [--json]
       brine node tag ID TAG
       brine node untag ID TAG
       brine node comment ID TEXT
       brine node delete ID [--ancestors] [--yes] [--json]

show: its content and files, who made it when, what people said, and the nodes next to it.
delete: with all that was made from it, and the whole calculations that this belongs to; shows it and asks.
  --ancestors  also what it came from and nothing else uses
  --yes        without asking
  --json       without --yes: only what would go`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      json: { type: 'boolean', default: false },
      ancestors: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    });
    const [what, ...rest] = positionals;
    if (what === 'show') return show(requireId(rest, this.usage), values.json);
    if (what === 'delete') return deleteNode(requireId(rest, this.usage), values);
    const [id, text] = rest;
    if (!id || !text || rest.length > 2) throw new CliError(this.usage, 2);
    requireId([id], this.usage);
    const { provenance } = connect();
    if (what === 'tag') return done(provenance.tag.mutate({ id, tag: text }));
    if (what === 'untag') return done(provenance.untag.mutate({ id, tag: text }));
    if (what === 'comment') return done(provenance.comment.mutate({ id, body: text }));
    throw new CliError(this.usage, 2);
  },
};

async function done(answer: Promise<unknown>): Promise<number> {
  await asking(answer);
  return 0;
}

async function show(id: string, asJson: boolean): Promise<number> {
  const { provenance } = connect();
  const [detail, incoming, outgoing, notes] = await asking(
    Promise.all([
      provenance.get.query({ id }),
      provenance.neighbours.query({ id, direction: 'in' }),
      provenance.neighbours.query({ id, direction: 'out' }),
      provenance.notes.query({ id }),
    ]),
  );
  if (asJson) {
    printJson({ ...detail, incoming, outgoing, notes });
    return 0;
  }
  const lines = [titleOf(detail.item), ...facts(detail)];
  for (const file of detail.files) lines.push(`  file  ${file.name}  ${file.bytes} bytes`);
  for (const [part, end] of [
    [incoming, 'from'],
    [outgoing, 'to'],
  ] as const) {
    lines.push(...part.edges.map((edge) => `  ${describeEdge(edge, part.items, end)}`));
    if (part.nextCursor) lines.push(`  and more ${end === 'from' ? 'before' : 'after'} it`);
  }
  if (notes.tags.length > 0) lines.push(`  tags        ${notes.tags.join(', ')}`);
  for (const { createdBy, body } of notes.comments) lines.push(`  ${createdBy} says: ${body}`);
  if (detail.value !== null) lines.push(JSON.stringify(detail.value, null, 2));
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

function facts({ item, createdBy, calculation, structure, process: run }: NodeDetail): string[] {
  const rows: [string, string | null | undefined][] = [
    ['id', item.id],
    ['kind', item.kind],
    ['state', item.type === 'process' ? item.state : null],
    ['made', `${item.createdAt.toISOString()}${createdBy ? ` by ${createdBy}` : ''}`],
    ['calculation', calculation && `${calculation.id}  ${calculation.label}`],
    ['structure', structure && `${structure.id}  ${structure.name}`],
    ['program', run?.program],
    ['failure', run?.failure?.message],
    ['taken from', run?.reusedFromId],
  ];
  return rows.flatMap(([name, text]) => (text ? [`  ${name.padEnd(12)}${text}`] : []));
}

function describeEdge(edge: GraphEdge, items: GraphItem[], end: 'from' | 'to'): string {
  const other = items.find(({ id }) => id === edge[end]);
  return `${end === 'from' ? '<-' : '->'} ${edgeWords[edge.kind]} ${edge.name}: ${other ? titleOf(other) : ''}  ${edge[end]}`;
}
