import { familyIdSchema } from '@/server/schemas/pseudopotentials';
import { removeFamily } from '@/server/services/pseudopotentials/remove-family';
import { procedure } from '../trpc';

export const remove = procedure.input(familyIdSchema).mutation(({ ctx, input }) => removeFamily(ctx.actor, input));
