import { nodeQuerySchema } from '@/server/schemas/node-query';
import { queryNodes } from '@/server/services/provenance/query/query-nodes';
import { procedure } from '../trpc';

export const query = procedure.input(nodeQuerySchema).query(({ ctx, input }) => queryNodes(ctx.actor, input));
