import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { getComputer } from '@/server/services/computers/get-computer';
import { procedure } from '../trpc';

export const get = procedure.input(z.object({ id: idSchema })).query(({ ctx, input }) => getComputer(ctx.actor, input));
