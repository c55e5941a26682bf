import { createHash } from 'node:crypto';
import type { Dataset } from '@/generated/prisma/client';
import { asJson, db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type { DatasetReport, DatasetSource, PropertyDefinition } from '@/server/schemas/datasets';
import { inThread } from '../../structures/thread/in-thread';
import { Definitions } from '../import/definitions';
import { byHalving, readBatch } from '../import/read-batch';
import { ReportWriter } from '../import/report';
import { SourceFault } from '../import/source-fault';
import { writeEntries, writeReferences } from '../import/write-entries';
import { chooseBest } from './choose-best';
import type { Examined } from './examine';

type CurationSource = Extract<DatasetSource, { kind: 'curation' }>;

const AT_ONCE = 50;
const DEADLINE_MS = 20_000;

/**
 * Raw entries to unique crystals: each is looked at, then groups of one composition and space group are matched, then the best of each family is
 * written. Each step is stored with the place that it reached. False where it was told to stop. Throws SourceFault.
 */
export async function runCuration(row: Dataset, signal: AbortSignal): Promise<boolean> {
  const source = row.source as unknown as CurationSource;
  for (;;) {
    if (signal.aborted) return false;
    const current = await db().dataset.findUnique({ where: { id: row.id }, include: { curation: true } });
    const curation = current?.curation;
    if (current?.state !== 'importing' || !curation) return true;
    if (curation.step === 'examine') await examineNext(row.id, source, curation.examined);
    else if (curation.step === 'match') await matchNext(row.id, source, curation.matchedTo);
    else if (curation.step === 'write') await writeNext(row.id, source, curation.writtenTo);
    else return true;
  }
}

async function examineNext(datasetId: string, { sources, settings }: CurationSource, examined: number): Promise<void> {
  let before = 0;
  let index = 0;
  while (index < sources.length && examined >= before + sources[index]!.entryCount)
    before += sources[index++]!.entryCount;
  const from = sources[index];
  if (!from) {
    await db().curation.updateMany({ where: { datasetId, step: 'examine', examined }, data: { step: 'match' } });
    return;
  }
  const present = await db().dataset.findUnique({ where: { id: from.id }, select: { state: true, entryCount: true } });
  if (present?.state !== 'ready' || present.entryCount !== from.entryCount)
    throw new SourceFault(`${from.title} was changed or removed meanwhile. Curate again.`);
  const last = examined - before;
  const entries = await db().entry.findMany({
    where: { datasetId: from.id, number: { gt: last, lte: last + AT_ONCE } },
    include: { structure: true },
    orderBy: { number: 'asc' },
  });
  const results = await byHalving<(typeof entries)[number], Examined>(
    entries,
    (part) =>
      inThread(
        'examineEntries',
        {
          settings,
          entries: part.map(({ structure, formulaDescriptive, spaceGroupNumber, failures }) => ({
            attributes: (structure?.attributes ?? {}) as Record<string, unknown>,
            formula: formulaDescriptive,
            spaceGroupNumber,
            failures: Object.keys((failures as object | null) ?? {}).length,
          })),
        },
        DEADLINE_MS,
      ),
    () => ({ reason: 'too-costly', detail: 'Looking at it took more time or memory than is allowed.' }),
  );
  await db().$transaction(async (tx) => {
    const to = Math.min(examined + AT_ONCE, before + from.entryCount);
    const { count } = await tx.curation.updateMany({
      where: { datasetId, step: 'examine', examined },
      data: { examined: to },
    });
    if (count === 0) return;
    await tx.curationMember.createMany({
      data: entries.map(({ number, key, formulaReduced, lastModified }, i) => {
        const { primitive, ...result } = { primitive: undefined, ...results[i]! };
        const about = { datasetId, position: before + number, sourceIndex: index, sourceNumber: number };
        return {
          ...about,
          key,
          formula: formulaReduced,
          lastModified,
          ...result,
          ...(primitive ? { primitive: asJson(primitive) } : {}),
        };
      }),
    });
    await tx.dataset.update({ where: { id: datasetId }, data: { updatedAt: new Date() } });
  });
}

/** One group after the other, in the order of their keys. */
async function matchNext(datasetId: string, { settings }: CurationSource, matchedTo: string): Promise<void> {
  const next = await db().curationMember.findFirst({
    where: { datasetId, groupKey: { gt: matchedTo } },
    orderBy: { groupKey: 'asc' },
    select: { groupKey: true },
  });
  if (!next) {
    await db().curation.updateMany({ where: { datasetId, step: 'match', matchedTo }, data: { step: 'write' } });
    return;
  }
  const group = await db().curationMember.findMany({
    where: { datasetId, groupKey: next.groupKey },
    orderBy: { position: 'asc' },
  });
  const families: (typeof group)[] = [];
  for (const member of group) {
    const primitive = member.primitive as Record<string, unknown>;
    const firsts = families.map(([first]) => first!.primitive as Record<string, unknown>);
    const found = firsts.length === 0 ? -1 : await findIn({ primitive, firsts, settings });
    if (found < 0) families.push([member]);
    else families[found]!.push(member);
  }
  const rows = families.flatMap((family) => {
    const best = chooseBest(family, settings.within);
    return family.map((member) => ({
      position: member.position,
      family: family[0]!.position,
      isChosen: member === best,
    }));
  });
  await db().$transaction(async (tx) => {
    const { count } = await tx.curation.updateMany({
      where: { datasetId, step: 'match', matchedTo },
      data: { matchedTo: next.groupKey! },
    });
    if (count === 0) return;
    await tx.$executeRaw`UPDATE "CurationMember" m SET "family" = r."family", "isChosen" = r."isChosen"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("position" integer, "family" integer, "isChosen" boolean)
      WHERE m."datasetId" = ${datasetId}::uuid AND m."position" = r."position"`;
  });
}

/** One that cannot be compared in time stands for itself. */
const findIn = (asked: Parameters<typeof inThread<'findFamily'>>[1]): Promise<number> =>
  inThread('findFamily', asked, DEADLINE_MS).catch((err: unknown) => {
    if (err instanceof AppError && err.details['endsThread']) return -1;
    throw err;
  });

async function writeNext(datasetId: string, source: CurationSource, writtenTo: number): Promise<void> {
  const chosen = await db().curationMember.findMany({
    where: { datasetId, isChosen: true, position: { gt: writtenTo } },
    orderBy: { position: 'asc' },
    take: AT_ONCE,
  });
  if (chosen.length === 0) return finish(datasetId);
  const members = await db().curationMember.findMany({
    where: { datasetId, family: { in: chosen.map(({ family }) => family!) } },
    orderBy: { position: 'asc' },
    select: { family: true, sourceIndex: true, key: true },
  });
  const nameOf = (one: { sourceIndex: number; key: string }) => `${source.sources[one.sourceIndex]!.slug}/${one.key}`;
  const raw = await db().entry.findMany({
    where: { OR: chosen.map((one) => ({ datasetId: source.sources[one.sourceIndex]!.id, number: one.sourceNumber })) },
    select: {
      datasetId: true,
      number: true,
      properties: true,
      failures: true,
      lastModified: true,
      referenceKeys: true,
    },
  });
  const rawOf = new Map(raw.map((entry) => [`${entry.datasetId} ${entry.number}`, entry]));
  const lines = chosen.map((one) => {
    const from = rawOf.get(`${source.sources[one.sourceIndex]!.id} ${one.sourceNumber}`);
    if (!from)
      throw new SourceFault(
        `${source.sources[one.sourceIndex]!.title} was changed or removed meanwhile. Curate again.`,
      );
    const family = members.filter((member) => member.family === one.family).map(nameOf);
    return JSON.stringify({
      type: 'structures',
      id: source.sources.length === 1 ? one.key : `${source.sources[one.sourceIndex]!.slug}:${one.key}`.slice(0, 300),
      attributes: {
        ...(from.properties as Record<string, unknown>),
        ...(one.primitive as Record<string, unknown>),
        last_modified: from.lastModified,
        _brine_failures: from.failures,
        _brine_curated_from: nameOf(one),
        _brine_same_as: family,
        _brine_family_size: family.length,
      },
      relationships: { references: { data: from.referenceKeys.map((id) => ({ type: 'references', id })) } },
    });
  });
  const read = await readBatch(lines);
  const entries = read.flatMap((line) => (line.is === 'entry' ? [line.entry] : []));
  const references = await db().datasetReference.findMany({
    where: {
      datasetId: { in: source.sources.map(({ id }) => id) },
      key: { in: entries.flatMap((entry) => entry.referenceKeys) },
    },
  });
  await db().$transaction(async (tx) => {
    const row = await tx.dataset.findUniqueOrThrow({ where: { id: datasetId } });
    const { count } = await tx.curation.updateMany({
      where: { datasetId, step: 'write', writtenTo },
      data: { writtenTo: chosen.at(-1)!.position },
    });
    if (count === 0 || row.state !== 'importing') return;
    const definitions = new Definitions(row.properties as unknown as PropertyDefinition[]);
    const report = new ReportWriter(row.report as unknown as DatasetReport);
    for (const line of read) if (line.is === 'refused') report.refuse(line.what, line.why);
    for (const entry of entries) entry.properties = definitions.fit(entry.properties).kept;
    const repeated = await writeEntries(tx, datasetId, row.entryCount + 1, entries);
    await writeReferences(
      tx,
      datasetId,
      references.map(({ key, attributes }) => ({ key, attributes: attributes as Record<string, unknown> })),
    );
    for (const key of repeated) report.repeat(key);
    report.taken(entries.length - repeated.length);
    await tx.dataset.update({
      where: { id: datasetId },
      data: {
        entryCount: { increment: entries.length - repeated.length },
        revision: { increment: 1 },
        properties: asJson(definitions.list),
        report: asJson(report.value),
        updatedAt: new Date(),
      },
    });
  });
}

async function finish(datasetId: string): Promise<void> {
  const hash = createHash('sha256');
  for (let last = 0; ; last += 5_000) {
    const rows = await db().entry.findMany({
      where: { datasetId, number: { gt: last, lte: last + 5_000 } },
      orderBy: { number: 'asc' },
      select: { key: true, structureHash: true },
    });
    for (const { key, structureHash } of rows) hash.update(`${key}\t${structureHash}\n`);
    if (rows.length < 5_000) break;
  }
  await db().$executeRaw`UPDATE "CurationMember" SET "primitive" = NULL WHERE "datasetId" = ${datasetId}::uuid`;
  await db().curation.updateMany({
    where: { datasetId, step: 'write' },
    data: { step: 'done', keptSha256: hash.digest('hex') },
  });
}
