import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { findResultNode } from '@/server/services/provenance/find-result-node';
import { procedure } from '../trpc';

export const resultNode = procedure
  .input(z.object({ calculationId: idSchema, name: z.string().max(100) }))
  .query(({ ctx, input }) => findResultNode(ctx.actor, input));
