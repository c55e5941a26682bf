import { prioritySchema } from '@/server/schemas/calculation';
import { setPriority as set } from '@/server/services/calculations/set-priority';
import { procedure } from '../trpc';

export const setPriority = procedure.input(prioritySchema).mutation(({ ctx, input }) => set(ctx.actor, input));
