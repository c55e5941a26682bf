import { db } from '@/server/db/client';
import type { ProjectLimit } from '@/server/schemas/system';
import type { Actor } from '../actor';
import { requireOwner } from '../computers/require-computer';

/** How many jobs of the actor's project may run at once, on all computers together. Those that run already run on. */
export async function limitProject(actor: Actor, { jobsMax }: ProjectLimit): Promise<ProjectLimit> {
  const { projectId } = await requireOwner(actor);
  return db().project.update({ where: { id: projectId }, data: { jobsMax }, select: { jobsMax: true } });
}
