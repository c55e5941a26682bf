import { db } from '@/server/db/client';
import type { Home } from '@/server/schemas/system';
import type { Actor } from '../actor';
import { toCalculationSummary, withPage, withRoot } from '../calculations/calculation-row';
import { listDrafts } from '../drafts/list-drafts';
import { projectScope } from '../scope';

const SHOWN = 8;
const unfinished = ['created', 'waiting', 'queued', 'running', 'paused'] as const;

/** The home page in one read. */
export async function getHome(actor: Actor): Promise<Home> {
  const scope = await projectScope(actor, 'read');
  const newest = { orderBy: { id: 'desc' }, take: SHOWN, omit: { inputs: true }, include: withRoot } as const;
  const isUnfinished = { some: { parentId: null, state: { in: [...unfinished] } } };
  const isEnded = { some: { parentId: null, state: { notIn: [...unfinished] } } };
  const [running, recent, drafts, example, calculations, structures] = await Promise.all([
    db().calculation.findMany({ where: { ...scope, ...withPage, processes: isUnfinished }, ...newest }),
    db().calculation.findMany({ where: { ...scope, ...withPage, processes: isEnded }, ...newest }),
    listDrafts(actor, { limit: SHOWN }),
    db().calculation.findFirst({
      where: { ...scope, isSeed: true, processes: { some: { parentId: null, state: 'finished' } } },
    }),
    db().calculation.count({ where: { ...scope, ...withPage } }),
    db().structure.count({ where: scope }),
  ]);
  return {
    running: running.map(toCalculationSummary),
    recent: recent.map(toCalculationSummary),
    drafts: drafts.items,
    exampleCalculationId: example?.id ?? null,
    counts: { calculations, structures },
  };
}
