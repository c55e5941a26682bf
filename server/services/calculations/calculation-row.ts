import type { Calculation, Process, User } from '@/generated/prisma/client';
import type { CalculationSummary } from '@/server/schemas/calculation';
import type { Failure } from '@/server/schemas/process';

/** Lists leave out the snapshot of inputs, which is large. */
export type CalculationRow = Omit<Calculation, 'inputs'> & { user: Pick<User, 'name'>; processes: Process[] };

/** The root process (it bears the calculation's id) tells the state. */
export const withRoot = {
  user: { select: { name: true } },
  processes: { where: { parentId: null } },
} as const;

/** Of the kinds that have a page: the arithmetic of the benchmark has none. */
export const withPage = { structureId: { not: null } } as const;

export function toCalculationSummary(row: CalculationRow): CalculationSummary {
  const root = row.processes.find((process) => process.id === row.id)!;
  return {
    id: row.id,
    kind: 'structure-wizard',
    label: row.label,
    formula: row.formula,
    structureId: row.structureId!,
    properties: row.properties,
    protocol: row.protocol,
    functional: row.functional,
    state: root.state,
    phase: root.phase,
    exitCode: root.exitCode,
    failure: (root.failure as Failure | null) ?? null,
    createdBy: row.user.name,
    createdAt: row.createdAt,
    startedAt: root.startedAt,
    finishedAt: root.finishedAt,
    priority: row.priority,
    pausedAt: row.pausedAt,
  };
}
