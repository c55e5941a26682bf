import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { goOn as letGoOn } from '@/server/services/calculations/go-on';
import { procedure } from '../trpc';

export const goOn = procedure.input(z.object({ id: idSchema })).mutation(({ ctx, input }) => letGoOn(ctx.actor, input));
