import { z } from 'zod';
import { jobsMaxSchema } from '@/server/schemas/limits';
import { limitProject } from '@/server/services/projects/limit-project';
import { procedure } from '../trpc';

export const limit = procedure
  .input(z.object({ jobsMax: jobsMaxSchema }))
  .mutation(({ ctx, input }) => limitProject(ctx.actor, input));
