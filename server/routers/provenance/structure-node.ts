import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { findStructureNode } from '@/server/services/provenance/find-structure-node';
import { procedure } from '../trpc';

export const structureNode = procedure
  .input(z.object({ structureId: idSchema }))
  .query(({ ctx, input }) => findStructureNode(ctx.actor, input));
