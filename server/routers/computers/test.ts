import { testComputerSchema } from '@/server/schemas/computers';
import { testComputer } from '@/server/services/computers/test-computer';
import { procedure } from '../trpc';

export const test = procedure.input(testComputerSchema).mutation(({ ctx, input }) => testComputer(ctx.actor, input));
