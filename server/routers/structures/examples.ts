import { listExamples } from '@/server/services/structures/list-examples';
import { procedure } from '../trpc';

export const examples = procedure.query(({ ctx }) => listExamples(ctx.actor));
