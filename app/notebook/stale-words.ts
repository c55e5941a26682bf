import type { StaleReason } from '@/server/schemas/notebook/stale';

/** Why a cell is stale, with the numbers of the cells on the page. */
export function staleWords(reason: StaleReason, order: readonly string[]): string {
  const cell = (id: string) => `cell ${order.indexOf(id) + 1}`;
  switch (reason.kind) {
    case 'edited':
      return 'edited since it ran';
    case 'gone':
      return 'ran in a kernel that is gone';
    case 'again':
      return `${cell(reason.cellId)} has given ${reason.name} anew since it ran`;
    case 'elsewhere':
      return reason.cellId === null
        ? `no cell above gives ${reason.name} any more`
        : `${reason.name} comes from ${cell(reason.cellId)} now`;
    case 'through':
      return `${cell(reason.cellId)}, which gives ${reason.name}, is stale`;
  }
}
