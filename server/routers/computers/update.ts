import { updateComputerSchema } from '@/server/schemas/computers';
import { updateComputer } from '@/server/services/computers/update-computer';
import { procedure } from '../trpc';

export const update = procedure
  .input(updateComputerSchema)
  .mutation(({ ctx, input }) => updateComputer(ctx.actor, input));
