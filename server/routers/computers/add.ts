import { addComputerSchema } from '@/server/schemas/computers';
import { addComputer } from '@/server/services/computers/add-computer';
import { procedure } from '../trpc';

export const add = procedure.input(addComputerSchema).mutation(({ ctx, input }) => addComputer(ctx.actor, input));
