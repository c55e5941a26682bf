import { nodeTagSchema } from '@/server/schemas/provenance';
import { untagNode } from '@/server/services/provenance/notes/tag-node';
import { procedure } from '../trpc';

export const untag = procedure.input(nodeTagSchema).mutation(({ ctx, input }) => untagNode(ctx.actor, input));
