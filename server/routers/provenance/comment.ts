import { addCommentSchema } from '@/server/schemas/provenance';
import { commentNode } from '@/server/services/provenance/notes/comment-node';
import { procedure } from '../trpc';

export const comment = procedure.input(addCommentSchema).mutation(({ ctx, input }) => commentNode(ctx.actor, input));
