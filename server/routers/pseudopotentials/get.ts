import { getFamilySchema } from '@/server/schemas/pseudopotentials';
import { getFamily } from '@/server/services/pseudopotentials/get-family';
import { procedure } from '../trpc';

export const get = procedure.input(getFamilySchema).query(({ ctx, input }) => getFamily(ctx.actor, input));
