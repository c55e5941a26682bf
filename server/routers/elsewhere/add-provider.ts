import { addProviderSchema } from '@/server/schemas/elsewhere';
import { addProvider as add } from '@/server/services/elsewhere/providers';
import { procedure } from '../trpc';

export const addProvider = procedure.input(addProviderSchema).mutation(({ ctx, input }) => add(ctx.actor, input));
