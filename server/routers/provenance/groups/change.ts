import { changeGroupSchema } from '@/server/schemas/provenance';
import { changeGroup } from '@/server/services/provenance/groups/groups';
import { procedure } from '../../trpc';

export const change = procedure.input(changeGroupSchema).mutation(({ ctx, input }) => changeGroup(ctx.actor, input));
