import { parseStructure, structureInput } from '@/kernels/crystal/structure';
import { db } from '@/server/db/client';
import type { RelaxResult } from '@/server/schemas/results';
import { storeStructure } from '@/server/services/structures/store-structure';
import { inThread } from '@/server/services/structures/thread/in-thread';
import type { Job } from './load-job';

/** Keeps the last geometry of a relaxation as a structure of the project; its id. Null where no step was taken. */
export async function storeRelaxed(job: Job, { trajectory }: RelaxResult): Promise<string | null> {
  const last = trajectory.at(-1);
  if (!last) return null;
  const { structure } = job.context;
  const sites = structure.sites.map((site, i) => ({ ...site, position: last.fractional[i]! }));
  const relaxed = parseStructure(structureInput({ ...structure, cellAngstrom: last.cellAngstrom, sites }));
  const { projectId, calculationId } = job.row;
  const { structure: origin } = await db().calculation.findUniqueOrThrow({
    where: { id: calculationId },
    include: { structure: { select: { name: true } } },
  });
  const name = `${origin!.name.replace(/ \(relaxed\)$/, '')} (relaxed)`;
  const described = await inThread('describe', relaxed);
  return (await storeStructure({ projectId }, described, { name, kind: 'derived', fileName: null })).id;
}
