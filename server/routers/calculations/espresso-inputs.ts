import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { getEspressoInputs } from '@/server/services/calculations/get-espresso-inputs';
import { procedure } from '../trpc';

export const espressoInputs = procedure
  .input(z.object({ draftId: idSchema }))
  .query(({ ctx, input }) => getEspressoInputs(ctx.actor, input));
