import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { addCodeSchema } from '@/server/schemas/computers';
import { addCode } from '@/server/services/codes/add-code';
import { findCodes } from '@/server/services/codes/find-codes';
import { removeCode } from '@/server/services/codes/remove-code';
import { procedure, router } from '../trpc';

export const codes = router({
  find: procedure.input(z.object({ computerId: idSchema })).mutation(({ ctx, input }) => findCodes(ctx.actor, input)),
  remove: procedure
    .input(z.object({ computerId: idSchema, id: idSchema }))
    .mutation(({ ctx, input }) => removeCode(ctx.actor, input)),
  add: procedure.input(addCodeSchema).mutation(({ ctx, input }) => addCode(ctx.actor, input)),
});
