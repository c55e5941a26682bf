import { publishSchema } from '@/server/schemas/publication';
import { publishCalculations } from '@/server/services/datasets/publish/publish-calculations';
import { procedure } from '../trpc';

export const publish = procedure
  .input(publishSchema)
  .mutation(({ ctx, input }) => publishCalculations(ctx.actor, input));
