import { db } from '@/server/db/client';
import type { SystemStatus } from '@/server/schemas/system';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { getHealth } from './get-health';

export async function getStatus(actor: Actor): Promise<SystemStatus> {
  const scope = await projectScope(actor, 'read');
  const jobs = { ...scope, kind: 'job' } as const;
  const [health, membership, jobsRunning, jobsWaiting] = await Promise.all([
    getHealth(),
    db().membership.findUniqueOrThrow({
      where: { userId_projectId: { userId: actor.userId, projectId: actor.projectId } },
      include: { user: true, project: true },
    }),
    db().process.count({ where: { ...jobs, state: 'running' } }),
    db().process.count({ where: { ...jobs, state: 'queued' } }),
  ]);
  const { user, project, role } = membership;
  return {
    ...health,
    user: { id: user.id, name: user.name },
    project: { id: project.id, name: project.name, role, jobsMax: project.jobsMax },
    jobsRunning,
    jobsWaiting,
  };
}
