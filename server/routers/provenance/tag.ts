import { nodeTagSchema } from '@/server/schemas/provenance';
import { tagNode } from '@/server/services/provenance/notes/tag-node';
import { procedure } from '../trpc';

export const tag = procedure.input(nodeTagSchema).mutation(({ ctx, input }) => tagNode(ctx.actor, input));
