import { publicationSchema } from '@/server/schemas/publication';
import { reviewPublication as review } from '@/server/services/datasets/publish/review-publication';
import { procedure } from '../trpc';

export const reviewPublication = procedure.input(publicationSchema).query(({ ctx, input }) => review(ctx.actor, input));
