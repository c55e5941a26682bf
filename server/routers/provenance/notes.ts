import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { getNotes } from '@/server/services/provenance/notes/get-notes';
import { procedure } from '../trpc';

export const notes = procedure.input(z.object({ id: idSchema })).query(({ ctx, input }) => getNotes(ctx.actor, input));
