import type { Draft as DraftRow } from '@/generated/prisma/client';
import { chosenProperties } from '@/server/properties/ids';
import { type Draft, type DraftSummary, draftDataSchema } from '@/server/schemas/draft';

/** Raised when the shape of draft data changes; older rows are then brought up to it here. */
export const DRAFT_SCHEMA_VERSION = 1;

export type DraftWithFormula = DraftRow & { structure: { formula: string } | null };
export const withFormula = { structure: { select: { formula: true } } } as const;

export function toDraft(row: DraftWithFormula): Draft {
  const data = draftDataSchema.parse(row.data);
  return { ...toSummary(row), data };
}

export function toSummary(row: DraftWithFormula): DraftSummary {
  const data = draftDataSchema.parse(row.data);
  return {
    id: row.id,
    version: row.version,
    step: data.step,
    label: data.label,
    formula: row.structure?.formula ?? null,
    structureId: data.structureId,
    properties: chosenProperties(data.properties),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
