import { matchPatternSchema } from '@/server/schemas/datasets';
import { matchPattern as find } from '@/server/services/datasets/match-pattern';
import { procedure } from '../trpc';

export const matchPattern = procedure.input(matchPatternSchema).mutation(({ ctx, input }) => find(ctx.actor, input));
