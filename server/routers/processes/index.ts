import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { goOn } from '@/server/services/processes/go-on';
import { procedure, router } from '../trpc';

export const processes = router({
  goOn: procedure.input(z.object({ id: idSchema })).mutation(({ ctx, input }) => goOn(ctx.actor, input)),
});
