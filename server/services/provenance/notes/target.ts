import type { GraphItem } from '@/server/schemas/provenance';

/** The columns by which a tag, a comment or a membership names its node. */
export const targetOf = (item: GraphItem): { dataNodeId: string } | { processId: string } =>
  item.type === 'data' ? { dataNodeId: item.id } : { processId: item.id };
