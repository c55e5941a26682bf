import { providerIdSchema } from '@/server/schemas/elsewhere';
import { testProvider as look } from '@/server/services/elsewhere/test-provider';
import { procedure } from '../trpc';

export const testProvider = procedure.input(providerIdSchema).mutation(({ ctx, input }) => look(ctx.actor, input));
