import type { Prisma } from '@/generated/prisma/client';
import { asJson, type Database, db } from '@/server/db/client';
import { derivedId, newId } from '@/server/db/uuid';
import { cleanLine } from '@/server/schemas/common';
import { draftDataSchema } from '@/server/schemas/draft';
import { isTerminal } from '@/server/schemas/process';
import { contentHash } from './content-hash';
import type { CalculationLine, LinkLine, NodeLine, NoteLine, ProcessLine } from './format';
import { kindProblem } from './kinds';
import type { Report } from './report';

const ROWS_AT_ONCE = 1_000;
const WRITE_TIMEOUT_MS = 300_000;

interface Owner {
  projectId: string;
  userId: string;
}

/**
 * What an import will write, with the ids that rows get here: their own where the project has them already, else ids derived from
 * those and the project, so that the same archive comes to the same rows every time and never to those of another project.
 */
export class ImportPlan {
  readonly blobs = new Set<string>();
  private nodes = new Map<string, NodeLine & { structureId: string | null }>();
  private calculations = new Map<string, CalculationLine & { structureId: string }>();
  private processes = new Map<string, ProcessLine>();
  private links: LinkLine[] = [];
  private notes: NoteLine[] = [];
  /** Rows that are there. */
  private present = new Map<string, string>();

  constructor(
    private readonly owner: Owner,
    private readonly report: Report,
  ) {}

  takeNodes(rows: NodeLine[], structureIds: ReadonlyMap<string, string>): void {
    for (const row of rows) {
      const structureId = row.structure ? structureIds.get(row.structure) : null;
      if (structureId === undefined) this.report.skip(`value ${row.id}`, 'its structure is missing');
      else if (contentHash(row) !== row.hash)
        this.report.skip(`value ${row.id}`, 'its content is not what its hash says');
      else if (new Set(row.files.map((file) => file.name)).size < row.files.length)
        this.report.skip(`value ${row.id}`, 'two of its files have one name');
      else if (row.files.some((file) => !isInside(file.name)))
        this.report.skip(`value ${row.id}`, 'the name of one of its files leads out of its folder');
      else {
        const problem = kindProblem(row);
        if (problem) {
          this.report.skip(`value ${row.id}`, problem);
          continue;
        }
        this.nodes.set(row.id, { ...row, structureId });
        for (const { sha256 } of row.files) this.blobs.add(sha256);
      }
    }
  }

  takeCalculations(rows: CalculationLine[], processes: ProcessLine[], structureIds: ReadonlyMap<string, string>): void {
    this.takeRoots(rows, processes, structureIds);
    this.takeProcesses(processes);
  }

  private takeRoots(
    rows: CalculationLine[],
    processes: ProcessLine[],
    structureIds: ReadonlyMap<string, string>,
  ): void {
    const roots = new Set(processes.filter((row) => row.parentId === null).map((row) => row.id));
    for (const row of rows) {
      const structureId = row.structure && structureIds.get(row.structure);
      if (!structureId) this.report.skip(`calculation ${row.label}`, 'its structure is missing');
      else if (!roots.has(row.id)) this.report.skip(`calculation ${row.label}`, 'its own process is missing');
      else if (!draftDataSchema.safeParse(row.inputs.draft).success)
        this.report.skip(`calculation ${row.label}`, 'its inputs are not of a form that this version knows');
      else this.calculations.set(row.id, { ...row, structureId });
    }
  }

  /** Parents come before their children, so that one that is left out takes those with it. */
  private takeProcesses(processes: ProcessLine[]): void {
    const children = new Map<string | null, ProcessLine[]>();
    for (const row of processes) children.set(row.parentId, [...(children.get(row.parentId) ?? []), row]);
    const taken = [...(children.get(null) ?? [])];
    for (let at = 0; at < taken.length; at++) {
      const row = taken[at]!;
      const parent = row.parentId === null ? null : this.processes.get(row.parentId);
      const { calculationId } = row;
      const isOfIt =
        row.parentId === null ? row.id === (calculationId ?? row.id) : parent?.calculationId === calculationId;
      const isWhole = calculationId === null || this.calculations.has(calculationId);
      if (!isOfIt || !isWhole || this.processes.has(row.id)) continue;
      this.processes.set(row.id, row);
      taken.push(...(children.get(row.id) ?? []));
    }
    for (const row of processes)
      if (!this.processes.has(row.id))
        this.report.skip(`process ${row.title}`, 'its calculation or its parent is missing');
  }

  takeLinks(rows: LinkLine[]): void {
    for (const row of rows) {
      const isCall = row.kind === 'call';
      const other = isCall ? row.calledId : row.dataNodeId;
      const isWhole =
        this.processes.has(row.processId) &&
        other !== null &&
        (isCall
          ? row.dataNodeId === null && this.processes.has(other)
          : row.calledId === null && this.nodes.has(other));
      if (isWhole) this.links.push(row);
      else this.report.skip(`link ${row.kind} ${row.name}`, 'one of its ends is missing');
    }
  }

  takeNotes(rows: NoteLine[]): void {
    this.notes = rows.filter((row) => this.nodes.has(row.nodeId) || this.processes.has(row.nodeId));
  }

  /** Which of the rows the project has already. */
  async look(): Promise<void> {
    const { projectId } = this.owner;
    const ids = [...this.nodes.keys(), ...this.processes.keys()];
    const here = new Map(ids.flatMap((id) => [[id, id] as const, [this.derive(id), id] as const]));
    // One array, not as many parameters.
    const found = await db().$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "DataNode" WHERE "id" = ANY(${[...here.keys()]}::uuid[]) AND "projectId" = ${projectId}::uuid
      UNION ALL SELECT "id" FROM "Process" WHERE "id" = ANY(${[...here.keys()]}::uuid[]) AND "projectId" = ${projectId}::uuid`;
    for (const { id } of found) this.present.set(here.get(id)!, id);
    this.report.merged += this.present.size;
  }

  /** Those of the hashes that a value of this project uses. */
  async ownBlobs(hashes: string[]): Promise<Set<string>> {
    const rows = await db().$queryRaw<{ sha256: string }[]>`
      SELECT DISTINCT f."sha256" FROM "DataNodeFile" f JOIN "DataNode" d ON d."id" = f."dataNodeId"
      WHERE f."sha256" = ANY(${hashes}::text[]) AND d."projectId" = ${this.owner.projectId}::uuid`;
    return new Set(rows.map((row) => row.sha256));
  }

  dropBlob(hash: string, why: string): void {
    this.blobs.delete(hash);
    for (const [id, node] of this.nodes) {
      if (this.present.has(id) || !node.files.some((file) => file.sha256 === hash)) continue;
      this.nodes.delete(id);
      this.report.skip(`value ${id}`, why);
    }
    this.links = this.links.filter((link) => link.dataNodeId === null || this.nodes.has(link.dataNodeId));
    this.notes = this.notes.filter((note) => this.nodes.has(note.nodeId) || this.processes.has(note.nodeId));
  }

  private derive = (id: string) => derivedId('import', this.owner.projectId, id);
  private idOf = (id: string) => this.present.get(id) ?? this.derive(id);
  idsOf = (ids: string[]) => ids.filter((id) => this.nodes.has(id) || this.processes.has(id)).map(this.idOf);
  private isNew = ({ id }: { id: string }) => !this.present.has(id);

  /** All of it or nothing. */
  async write(): Promise<void> {
    const { added } = this.report;
    await db().$transaction(
      async (tx) => {
        added.calculations = await createAll(this.calculationRows(), (data) =>
          tx.calculation.createMany({ data, skipDuplicates: true }),
        );
        added.processes = await createAll(await this.processRows(tx), (data) =>
          tx.process.createMany({ data, skipDuplicates: true }),
        );
        const nodes = [...this.nodes.values()].filter(this.isNew);
        added.nodes = await createAll(nodes.map(this.nodeRow), (data) =>
          tx.dataNode.createMany({ data, skipDuplicates: true }),
        );
        await createAll(nodes.flatMap(this.fileRows), (data) =>
          tx.dataNodeFile.createMany({ data, skipDuplicates: true }),
        );
        const links = this.links.map(this.linkRow);
        added.links = await createAll(links, (data) => tx.link.createMany({ data, skipDuplicates: true }));
        await this.writeNotes(tx);
      },
      { timeout: WRITE_TIMEOUT_MS },
    );
  }

  private calculationRows(): Prisma.CalculationCreateManyInput[] {
    return [...this.calculations.values()].filter(this.isNew).map((row) => {
      const { schemaVersion, properties, structureId } = row;
      return {
        ...this.owner,
        ...{ schemaVersion, properties, structureId },
        id: this.idOf(row.id),
        kind: cleanLine(row.kind),
        label: cleanLine(row.label) || 'Imported',
        formula: cleanLine(row.formula),
        protocol: cleanLine(row.protocol),
        functional: cleanLine(row.functional),
        inputs: asJson(row.inputs),
        createdAt: row.createdAt,
      };
    });
  }

  /** A process that had not ended when it was exported has ended here. No key of a job comes along: nobody's results are taken for ours. */
  private async processRows(tx: Database): Promise<Prisma.ProcessCreateManyInput[]> {
    const rows: Prisma.ProcessCreateManyInput[] = [];
    for (const row of [...this.processes.values()].filter(this.isNew)) {
      const isEnded = isTerminal(row.state);
      const { kind, ordinal, exitCode, cores, createdAt, startedAt } = row;
      rows.push({
        ...{ kind, ordinal, exitCode, cores, createdAt, startedAt },
        projectId: this.owner.projectId,
        id: this.idOf(row.id),
        calculationId: row.calculationId && this.idOf(row.calculationId),
        userId: row.calculationId === null ? this.owner.userId : null,
        parentId: row.parentId === null ? null : this.idOf(row.parentId),
        name: cleanLine(row.name),
        title: cleanLine(row.title),
        state: isEnded ? row.state : 'killed',
        failure: isEnded ? (row.failure ?? undefined) : unfinished,
        finishedAt: row.finishedAt ?? (isEnded ? null : row.createdAt),
        reusedFromId: row.reusedFromId && this.processes.has(row.reusedFromId) ? this.idOf(row.reusedFromId) : null,
        codeId: row.program ? await codeId(tx, row.program) : null,
      });
    }
    return rows;
  }

  private nodeRow = (row: NodeLine & { structureId: string | null }): Prisma.DataNodeCreateManyInput => ({
    projectId: this.owner.projectId,
    id: this.idOf(row.id),
    kind: cleanLine(row.kind),
    schemaVersion: row.schemaVersion,
    ...(row.value === null || row.value === undefined ? {} : { value: asJson(row.value) }),
    structureId: row.structureId,
    createdAt: row.createdAt,
  });

  private fileRows = ({ id, files }: NodeLine): Prisma.DataNodeFileCreateManyInput[] =>
    files.map((file) => ({ ...file, dataNodeId: this.idOf(id) }));

  private linkRow = ({
    kind,
    name,
    processId,
    dataNodeId,
    calledId,
    createdAt,
  }: LinkLine): Prisma.LinkCreateManyInput => ({
    ...{ kind, createdAt },
    id: newId(),
    name: cleanLine(name),
    processId: this.idOf(processId),
    dataNodeId: dataNodeId && this.idOf(dataNodeId),
    calledId: calledId && this.idOf(calledId),
  });

  /** Tags merge; comments come once, with new nodes, and say who wrote them, since that person may have no account here. */
  private async writeNotes(tx: Database): Promise<void> {
    const about = ({ nodeId }: NoteLine) => ({
      ...this.owner,
      ...(this.nodes.has(nodeId) ? { dataNodeId: this.idOf(nodeId) } : { processId: this.idOf(nodeId) }),
    });
    const tags = this.notes.flatMap((note) => (note.tag ? [{ ...about(note), name: cleanLine(note.tag) }] : []));
    await createAll(tags, (data) => tx.nodeTag.createMany({ data, skipDuplicates: true }));
    const comments = this.notes.flatMap((note) =>
      note.comment && this.isNew({ id: note.nodeId })
        ? [{ ...about(note), body: `${cleanLine(note.createdBy)} wrote: ${note.comment}` }]
        : [],
    );
    await createAll(comments, (data) => tx.nodeComment.createMany({ data }));
  }
}

const unfinished = {
  code: 'imported-unfinished',
  message: 'It had not ended when it was exported.',
  advice: 'Copy the calculation to run it here.',
};

const isInside = (name: string) =>
  !name.startsWith('/') &&
  !/[\\\0]|^[A-Za-z]:/.test(name) &&
  name.split('/').every((part) => !['', '.', '..'].includes(part));

async function codeId(
  tx: Database,
  { name: program, version, build }: NonNullable<ProcessLine['program']>,
): Promise<string> {
  const key = { program, build: `imported:${build}` };
  const code = await tx.code.upsert({ where: { program_build: key }, update: {}, create: { ...key, version } });
  return code.id;
}

async function createAll<Row>(rows: Row[], create: (rows: Row[]) => Promise<{ count: number }>): Promise<number> {
  let count = 0;
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
    count += (await create(rows.slice(at, at + ROWS_AT_ONCE))).count;
  return count;
}
