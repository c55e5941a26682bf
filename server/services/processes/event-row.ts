import type { ProcessEvent as EventRow } from '@/generated/prisma/client';
import type { ProcessEvent, ProcessEventData } from '@/server/schemas/events';

export const withProcessName = { process: { select: { name: true } } } as const;

export function toProcessEvent(row: EventRow & { process: { name: string } }): ProcessEvent {
  const { number, calculationId, processId, process, at } = row;
  return { number, calculationId, processId, process: process.name, at, data: row.data as unknown as ProcessEventData };
}
