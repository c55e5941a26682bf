import { derivedId } from '@/server/db/uuid';
import { cleanLine, idSchema } from '@/server/schemas/common';
import type { Failure, ProcessKind, ProcessState } from '@/server/schemas/process';
import { contentHash } from '../content-hash';
import { isTooDeep } from '../depth';
import type { LinkLine, NodeLine, NoteLine, ProcessLine } from '../format';
import type { Report } from '../report';
import type { AiidaNode, AiidaRows } from './rows';
import { type AiidaValue, refuseObjects, toValue, Unfit } from './values';

/** The lines of our own archive that an AiiDA archive comes to. Processes are part of no calculation. */
export interface Converted {
  processes: ProcessLine[];
  nodes: NodeLine[];
  links: LinkLine[];
  notes: NoteLine[];
  /** Those that nothing called, the newest last. */
  roots: string[];
}

interface Source {
  rows: AiidaRows;
  report: Report;
  /** Bytes of a file of the repository by its hash; null where it is not there. */
  readObject: (sha256: string) => Promise<Buffer | null>;
  /** Keeps a structure and gives its hash. */
  storeStructure: (structure: NonNullable<AiidaValue['structure']>, name: string) => Promise<string>;
}

/** Goes through the nodes and links; what does not fit is told and left out. */
export async function convert({ rows, report, readObject, storeStructure }: Source): Promise<Converted> {
  const idOf = new Map<number, string>();
  const made: Converted = { processes: [], nodes: [], links: [], notes: [], roots: [] };
  const callers = callersOf(rows);
  const uuidOf = new Map(rows.nodes.map((node) => [node.id, uuidFrom(node.uuid)]));
  for (const node of rows.nodes) {
    const id = uuidOf.get(node.id);
    try {
      if (!id) throw new Unfit('its uuid is none');
      const attributes = jsonOf(node.attributes, 'its attributes are longer than 4 MB, too deep, or no JSON');
      const files = filesOf(jsonOf(node.repository ?? '{}', 'the list of its files cannot be read'));
      if (node.type.startsWith('process.')) {
        const caller = callers.get(node.id);
        made.processes.push(
          processOf(node, { id, parentId: caller === undefined ? null : (uuidOf.get(caller) ?? null), attributes }),
        );
        if (files.length > 0) made.nodes.push(filesOfProcess(node, id, files));
        if (files.length > 0) made.links.push(link('create', 'files', id, filesIdOf(id), node));
      } else if (node.type.startsWith('data.')) {
        const read = async (name: string) => {
          const file = files.find((one) => one.name === name);
          return file ? readObject(file.sha256) : null;
        };
        if (node.type.startsWith('data.core.array.'))
          await refuseObjects(
            files.map(({ name }) => name),
            read,
          );
        const { kind, value, structure } = await toValue(node.type, attributes, read);
        const hash = structure ? await storeStructure(structure, cleanLine(node.label ?? '')) : null;
        made.nodes.push(lineOf(id, { kind, value, structure: hash, files }, node));
      } else throw new Unfit('its type is neither that of data nor that of a process');
      idOf.set(node.id, id);
      made.notes.push(...notesOf(node, id));
    } catch (err) {
      if (!(err instanceof Unfit)) throw err;
      report.skip(`AiiDA node ${node.id}, ${String(node.type).slice(0, 80)}`, err.message);
    }
  }
  takeLinks(rows, made, idOf, report);
  for (const { node, text, author } of rows.comments) {
    const nodeId = idOf.get(node);
    const comment = text?.replace(/\0/g, '').trim().slice(0, 10_000);
    if (nodeId && comment)
      made.notes.push({ nodeId, comment, createdBy: cleanLine(author ?? 'someone').slice(0, 200) });
  }
  tellLeft(rows.left, report);
  made.roots = made.processes.filter(({ parentId }) => parentId === null).map(({ id }) => id);
  if (made.roots.length === 0) made.roots = made.nodes.map(({ id }) => id);
  return made;
}

/** With or without its dashes. */
function uuidFrom(text: unknown): string | null {
  const hex = String(text).toLowerCase().replaceAll('-', '');
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return idSchema.safeParse(uuid).success ? uuid : null;
}

/** SQLAlchemy writes UTC without saying so: `2024-05-01 12:00:00.123456`. */
function momentOf(text: string | null): string {
  const time = Date.parse(`${String(text).replace(' ', 'T')}Z`);
  return new Date(Number.isNaN(time) ? 0 : time).toISOString();
}

/** Without what PostgreSQL does not store: the character 0 and halves of characters. */
function jsonOf(text: string | null, why: string): unknown {
  try {
    if (text !== null && !isTooDeep(JSON.parse(text)))
      return JSON.parse(text, (_, value) => (typeof value === 'string' ? value.replace(/\0|\p{Cs}/gu, '') : value));
  } catch {
    // Python writes NaN and Infinity into its JSON, which are none.
  }
  throw new Unfit(why);
}

/** The files of a repository's tree: `{"o": {name: {"k": hash} or {"o": ...}}}`; folders that are empty say nothing. */
function filesOf(tree: unknown): NodeLine['files'] {
  const files: NodeLine['files'] = [];
  const waiting: { path: string; folder: unknown }[] = [{ path: '', folder: tree }];
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    const entries = Object.entries((at.folder as { o?: Record<string, unknown> } | null)?.o ?? {});
    for (const [name, entry] of entries) {
      const path = `${at.path}${name}`;
      const sha256 = (entry as { k?: unknown } | null)?.k;
      if (/[\\/\0]|^\.{0,2}$/.test(name) || path.length > 255)
        throw new Unfit(`the name of its file ${name.slice(0, 60)} leads out of its folder, or is too long`);
      if (sha256 === undefined) waiting.push({ path: `${path}/`, folder: entry });
      else if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256))
        throw new Unfit(`its file ${path} is not named by a SHA-256`);
      else
        files.push({
          name: path,
          sha256,
          mediaType: path.endsWith('.npy') ? 'application/x-npy' : 'application/octet-stream',
        });
      if (files.length + waiting.length > 10_000) throw new Unfit('it has more than 10000 files');
    }
  }
  return files;
}

type Content = Pick<NodeLine, 'kind' | 'value' | 'structure' | 'files'>;

function lineOf(id: string, content: Content, { createdAt }: AiidaNode): NodeLine {
  const whole = { ...content, schemaVersion: 1 };
  return { ...whole, id, hash: contentHash(whole), createdAt: momentOf(createdAt) };
}

/** A calculation's own files, its inputs as they were sent, as a value beside it: processes have none here. */
const filesIdOf = (id: string) => derivedId('aiida-files', id);
const filesOfProcess = (node: AiidaNode, id: string, files: NodeLine['files']) =>
  lineOf(filesIdOf(id), { kind: 'job-files', value: null, structure: null, files }, node);

const kinds: [prefix: string, kind: ProcessKind][] = [
  ['process.calculation.calcjob.', 'job'],
  ['process.calculation.', 'function'],
  ['process.workflow.', 'workflow'],
];

interface Ends {
  id: string;
  parentId: string | null;
  attributes: unknown;
}

function processOf(node: AiidaNode, { id, parentId, attributes }: Ends): ProcessLine {
  const kind = kinds.find(([prefix]) => node.type.startsWith(prefix))?.[1];
  if (!kind) throw new Unfit('its type is that of no process that is known');
  const facts = (attributes ?? {}) as Record<string, unknown>;
  const text = (key: string) => (typeof facts[key] === 'string' ? cleanLine(facts[key] as string) : '');
  const name = text('process_label').slice(0, 100) || kind;
  const exitCode =
    Number.isInteger(facts['exit_status']) && Math.abs(facts['exit_status'] as number) < 2 ** 31
      ? (facts['exit_status'] as number)
      : null;
  const state = stateOf(text('process_state'), exitCode);
  const failure: Failure | null =
    state === 'finished'
      ? null
      : {
          code: exitCode === null ? `aiida-${text('process_state') || 'unfinished'}` : `aiida-exit-${exitCode}`,
          message: (
            text('exit_message') ||
            text('exception') ||
            `AiiDA says that it was ${text('process_state') || 'not ended'}.`
          ).slice(0, 10_000),
          advice: null,
        };
  const [createdAt, finishedAt] = [momentOf(node.createdAt), momentOf(node.changedAt)];
  return {
    ...{ id, calculationId: null, parentId, kind, name, state, exitCode, failure, createdAt, finishedAt },
    title: (cleanLine(node.label ?? '') || name).slice(0, 200),
    ...{ ordinal: 0, cores: null, program: null, computer: null, reusedFromId: null, startedAt: null },
  };
}

/** Finished with another exit status than 0 is a failure, as is an exception; what had not ended did so with the export. */
function stateOf(state: string, exitCode: number | null): ProcessState {
  if (state === 'finished') return exitCode === null || exitCode === 0 ? 'finished' : 'failed';
  return state === 'excepted' ? 'failed' : 'killed';
}

const linkKinds: Record<string, LinkLine['kind']> = {
  create: 'create',
  return: 'return',
  input_calc: 'input',
  input_work: 'input',
  call_calc: 'call',
  call_work: 'call',
};

function callersOf({ links }: AiidaRows): Map<number, number> {
  const callers = new Map<number, number>();
  for (const { type, input, output } of links) if (linkKinds[type] === 'call') callers.set(output, input);
  return callers;
}

const link = (kind: LinkLine['kind'], name: string, processId: string, other: string, node: AiidaNode): LinkLine => ({
  ...{ kind, name, processId, createdAt: momentOf(node.createdAt) },
  dataNodeId: kind === 'call' ? null : other,
  calledId: kind === 'call' ? other : null,
});

/** Calls may all be labelled alike there; here the second is `CALL 2`. */
function takeLinks(
  { links, nodes }: AiidaRows,
  made: Converted,
  idOf: ReadonlyMap<number, string>,
  report: Report,
): void {
  const nodeOf = new Map(nodes.map((node) => [node.id, node]));
  const used = new Map<string, number>();
  for (const { type, label, input, output } of links) {
    const kind = linkKinds[type];
    const [from, to] = [idOf.get(input), idOf.get(output)];
    if (!kind || !from || !to) {
      report.skip(
        `AiiDA link ${String(type).slice(0, 40)} ${String(label).slice(0, 80)}`,
        kind ? 'one of its ends is missing' : 'its type is not known',
      );
      continue;
    }
    const [processId, other] = kind === 'input' ? [to, from] : [from, to];
    const name = cleanLine(label).slice(0, 180) || kind;
    const key = `${processId} ${kind} ${name}`;
    const count = (used.get(key) ?? 0) + 1;
    used.set(key, count);
    made.links.push(link(kind, count === 1 ? name : `${name} ${count}`, processId, other, nodeOf.get(output)!));
  }
}

/** Labels and descriptions are what people say about a node, which may change there: here they are comments. */
function notesOf({ type, label, description }: AiidaNode, nodeId: string): NoteLine[] {
  const isTitle = type.startsWith('process.') || type.startsWith('data.core.structure.');
  const texts = [
    ...(label && !isTitle ? [`Label: ${label}`] : []),
    ...(description ? [`Description: ${description}`] : []),
  ];
  return texts.map((text) => ({ nodeId, comment: text.replace(/\0/g, '').slice(0, 10_000), createdBy: 'AiiDA' }));
}

function tellLeft({ groups, logs, extras }: AiidaRows['left'], report: Report): void {
  for (const group of groups)
    report.skip(`AiiDA group ${group.slice(0, 100)}`, 'groups are not taken: put the nodes into one here');
  if (logs > 0) report.skip(`AiiDA log entries: ${logs}`, 'the platform keeps no logs of others');
  if (extras > 0) report.skip(`AiiDA nodes with extras: ${extras}`, 'they are no part of the values, and may change');
}
