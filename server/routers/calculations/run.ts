import { calculationFileSchema } from '@/server/schemas/calculation';
import { submitFile } from '@/server/services/calculations/submit-file';
import { procedure } from '../trpc';

export const run = procedure.input(calculationFileSchema).mutation(({ ctx, input }) => submitFile(ctx.actor, input));
