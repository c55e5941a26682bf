import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { getNode } from '@/server/services/provenance/get-node';
import { procedure } from '../trpc';

export const get = procedure.input(z.object({ id: idSchema })).query(({ ctx, input }) => getNode(ctx.actor, input));
