import { setReuseSchema } from '@/server/schemas/calculation';
import { setReuse as set } from '@/server/services/calculations/set-reuse';
import { procedure } from '../trpc';

export const setReuse = procedure.input(setReuseSchema).mutation(({ ctx, input }) => set(ctx.actor, input));
