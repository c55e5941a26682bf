import { providerIdSchema } from '@/server/schemas/elsewhere';
import { removeProvider as remove } from '@/server/services/elsewhere/providers';
import { procedure } from '../trpc';

export const removeProvider = procedure.input(providerIdSchema).mutation(({ ctx, input }) => remove(ctx.actor, input));
