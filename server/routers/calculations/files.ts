import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { listFiles } from '@/server/services/calculations/list-files';
import { procedure } from '../trpc';

export const files = procedure.input(z.object({ id: idSchema })).query(({ ctx, input }) => listFiles(ctx.actor, input));
