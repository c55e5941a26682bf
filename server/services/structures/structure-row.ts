import type { Structure as StructureRow } from '@/generated/prisma/client';
import type { Structure } from '@/kernels/crystal/schema';
import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { StructureDetail, StructureIssue, StructureSummary, SymmetrySummary } from '@/server/schemas/structure';

/** What is derived from a structure once, when it is stored. */
export interface StoredSummary {
  cell: StructureSummary['cell'];
  periodic: StructureSummary['periodic'];
  volumeAngstrom3: number | null;
  densityGramPerCm3: number | null;
  symmetry: SymmetrySummary | null;
  symmetryNote: string | null;
  issues: StructureIssue[];
}

export function toStructureSummary(row: Omit<StructureRow, 'data'>): StructureSummary {
  const { issues: _, ...summary } = row.summary as unknown as StoredSummary;
  return {
    id: row.id,
    hash: row.hash,
    name: row.name,
    formula: row.formula,
    elements: row.elements,
    sites: row.siteCount,
    ...summary,
    source: { kind: row.sourceKind as StructureSummary['source']['kind'], fileName: row.fileName },
    createdAt: row.createdAt,
  };
}

export function toStructureDetail(row: StructureRow): StructureDetail {
  const { issues } = row.summary as unknown as StoredSummary;
  return { ...toStructureSummary(row), structure: row.data as unknown as Structure, issues };
}

/** The row, or 404 for one of another project. */
export async function requireStructure(scope: { projectId: string }, id: string): Promise<StructureRow> {
  const row = await db().structure.findFirst({ where: { ...scope, id } });
  if (!row) throw notFound('The structure');
  return row;
}
