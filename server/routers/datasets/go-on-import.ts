import { goOnImportSchema } from '@/server/schemas/datasets';
import { goOnImport as goOn } from '@/server/services/datasets/go-on-import';
import { procedure } from '../trpc';

export const goOnImport = procedure.input(goOnImportSchema).mutation(({ ctx, input }) => goOn(ctx.actor, input));
