import { groupPageSchema } from '@/server/schemas/provenance';
import { getGroup } from '@/server/services/provenance/groups/groups';
import { procedure } from '../../trpc';

export const get = procedure.input(groupPageSchema).query(({ ctx, input }) => getGroup(ctx.actor, input));
