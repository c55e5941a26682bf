import type { z } from 'zod';
import { Prisma } from '@/generated/prisma/client';
import type { ProcessState } from '@/server/schemas/process';
import type { PublicationReview, publicationSchema } from '@/server/schemas/publication';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';
import { overSelected, requirePicked } from './selected';
import { usedFunctional } from './used-functional';

const reasons: Partial<Record<ProcessState, string>> = {
  failed: 'failed before anything was computed',
  killed: 'stopped',
};

interface Group {
  state: ProcessState;
  isFit: boolean;
  isChosen: boolean;
  engine: string;
  functional: string;
  dispersion: string;
  count: number;
}

/** What a publication would hold, and what there is to think of, before it is done. */
export async function reviewPublication(
  actor: Actor,
  { selection, choice }: z.infer<typeof publicationSchema>,
): Promise<PublicationReview> {
  const asked = { ...(await projectScope(actor, 'read')), selection, choice };
  await requirePicked(asked);
  // Snapshots from before there were two engines say nothing of either.
  const groups = await overSelected<Group>(
    asked,
    Prisma.sql`SELECT k."state", k."isFit", k."place" = 1 AS "isChosen", k."functional",
      coalesce(c."inputs" #>> '{resolved,engine}', 'planewave') AS "engine",
      coalesce(c."inputs" #>> '{resolved,dispersion}', 'none') AS "dispersion", count(*)::integer AS "count"
    FROM ranked k JOIN "Calculation" c ON c."id" = k."id" GROUP BY 1, 2, 3, 4, 5, 6`,
  );
  const sum = (some: readonly Group[]) => some.reduce((total, { count }) => total + count, 0);
  const chosen = groups.filter(({ isFit, isChosen }) => isFit && isChosen);
  const superseded = sum(groups.filter(({ isFit, isChosen }) => isFit && !isChosen));
  const states = [...new Set(groups.filter(({ isFit }) => !isFit).map(({ state }) => state))];
  const methods = methodsOf(chosen);
  return {
    found: sum(groups),
    published: sum(chosen),
    superseded,
    leftOut: states.map((state) => ({
      state,
      count: sum(groups.filter((group) => !group.isFit && group.state === state)),
      why: reasons[state] ?? 'not ended yet',
    })),
    methods,
    warnings: warningsOf(methods, sum(chosen.filter(({ state }) => state === 'failed'))),
  };
}

function methodsOf(chosen: readonly Group[]): PublicationReview['methods'] {
  const methods = new Map<string, PublicationReview['methods'][number]>();
  for (const { engine, dispersion, count, ...group } of chosen) {
    const functional = usedFunctional(group.functional, dispersion);
    const key = `${engine} ${functional} ${dispersion}`;
    const known = methods.get(key);
    methods.set(key, { engine, functional, dispersion, count: (known?.count ?? 0) + count });
  }
  return [...methods.values()].sort((a, b) => b.count - a.count);
}

function warningsOf(methods: PublicationReview['methods'], failed: number): string[] {
  const several = (
    [
      ['engine', 'engines'],
      ['functional', 'functionals'],
      ['dispersion', 'treatments of dispersion'],
    ] as const
  ).flatMap(([name, words]) => {
    const found = [...new Set(methods.map((method) => method[name]))];
    return found.length > 1 ? [`${words} (${found.join(', ')})`] : [];
  });
  return [
    ...(several.length > 0
      ? [
          `These were computed with different ${several.join(' and ')}: their energies do not compare with each other. Each entry says with which it was computed.`,
        ]
      : []),
    ...(failed > 0
      ? [`Of ${failed} of them a step failed. What was computed is published; the rest says that it failed, and why.`]
      : []),
  ];
}
