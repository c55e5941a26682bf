import { db } from '@/server/db/client';
import { askRuntimes } from '../notebooks/runtimes';

/** Ends what visitors have opened of an app, with their runtimes and folders; their rows go with that of the app. */
export async function endVisits(appId: string): Promise<void> {
  const visits = await db().notebook.findMany({ where: { visitOfId: appId }, select: { id: true } });
  await Promise.all(visits.map(({ id }) => askRuntimes('DELETE', `/notebooks/${id}`)));
}
