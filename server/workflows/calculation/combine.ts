import type { Structure } from '@/kernels/crystal/schema';
import { readBlob } from '@/server/db/blobs';
import { asJson, db } from '@/server/db/client';
import { derivedId } from '@/server/db/uuid';
import { densityJob } from '@/server/properties/density-job';
import type { PropertyId } from '@/server/properties/ids';
import { jobsOfProperty } from '@/server/properties/job-of';
import { propertyById } from '@/server/properties/registry';
import { RELAX_JOB } from '@/server/properties/relax/property';
import { findRelaxed, resolveRelaxed } from '@/server/services/calculations/relaxed-structure';
import { snapshotOf } from '@/server/services/calculations/snapshot';
import { joinArrays } from '@/server/services/data/arrays';
import { acquire } from '@/server/services/processes/transition';
import { processIdOf } from '../job/load-job';
import { workerState } from '../worker-state';

/**
 * What the results of a property's jobs say together, where it has several and all have finished: a value of its own, made by a function
 * that took theirs. Done again it finds itself done.
 */
export async function combineResults(calculationId: string, propertyId: PropertyId): Promise<void> {
  const { combination, results: schema } = propertyById(propertyId);
  if (!combination) return;
  await acquire(workerState().workerId, processIdOf(calculationId, propertyId));
  const calculation = await db().calculation.findUniqueOrThrow({
    where: { id: calculationId },
    include: { structure: true },
  });
  const { draft, resolved: given } = snapshotOf(calculation);
  const relaxed = await findRelaxed(processIdOf(calculationId, RELAX_JOB));
  const structure = relaxed?.structure ?? (calculation.structure!.data as unknown as Structure);
  const { resolved } = relaxed ? await resolveRelaxed(given, draft, structure) : { resolved: given };
  const jobs = jobsOfProperty(propertyId, resolved);
  const taken = [...jobs, ...(combination.takesDensity ? [densityJob] : [])].map(({ name }) => name);
  const links = await db().link.findMany({
    where: {
      name: 'result',
      kind: { in: ['create', 'return'] },
      process: { calculationId, name: { in: taken }, state: 'finished' },
    },
    include: { process: { select: { name: true } }, dataNode: { include: { files: true } } },
  });
  if (links.length < taken.length) return;
  const results = new Map<string, unknown>();
  for (const { process, dataNode } of links) {
    const hashes = new Map(dataNode!.files.map((file) => [file.name, file.sha256]));
    results.set(process.name, await joinArrays(dataNode!.value, (name) => readBlob(hashes.get(name)!)));
  }
  const value = schema.parse(
    combination.of(jobs, results, { structure, resolved: resolved.properties[propertyId]!, calculation: resolved }),
  );
  const parentId = processIdOf(calculationId, propertyId);
  const processId = processIdOf(calculationId, `${propertyId}-combined`);
  const dataNodeId = derivedId('combined-result', processId);
  const { projectId } = calculation;
  const { _max: last } = await db().process.aggregate({ where: { parentId }, _max: { ordinal: true } });
  const now = new Date();
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT "id" FROM "Process" WHERE "id" = ${parentId}::uuid FOR UPDATE`;
    if (await tx.process.findUnique({ where: { id: processId }, select: { id: true } })) return;
    await tx.process.create({
      data: {
        ...{ id: processId, projectId, calculationId, parentId, ordinal: (last.ordinal ?? 0) + 1 },
        ...{ kind: 'function', name: `${propertyId}-combined`, title: combination.title },
        ...{ state: 'finished', exitCode: 0, startedAt: now, finishedAt: now },
      },
    });
    const data = { id: dataNodeId, projectId, kind: `${propertyId}-result`, schemaVersion: 1, value: asJson(value) };
    await tx.dataNode.create({ data });
    const inputs = links.map(({ process, dataNodeId: id }) => ({ name: process.name, dataNodeId: id }));
    await tx.link.createMany({
      data: [
        { kind: 'call', name: `${propertyId}-combined`, processId: parentId, calledId: processId },
        ...inputs.map((link) => ({ kind: 'input' as const, processId, ...link })),
        { kind: 'create', name: 'result', processId, dataNodeId },
        { kind: 'return', name: 'result', processId: parentId, dataNodeId },
      ],
    });
  });
}
