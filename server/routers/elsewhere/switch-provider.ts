import { switchProviderSchema } from '@/server/schemas/elsewhere';
import { switchProvider as change } from '@/server/services/elsewhere/providers';
import { procedure } from '../trpc';

export const switchProvider = procedure
  .input(switchProviderSchema)
  .mutation(({ ctx, input }) => change(ctx.actor, input));
