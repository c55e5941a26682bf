import { groupMembersSchema } from '@/server/schemas/provenance';
import { takeFromGroup } from '@/server/services/provenance/groups/groups';
import { procedure } from '../../trpc';

export const take = procedure.input(groupMembersSchema).mutation(({ ctx, input }) => takeFromGroup(ctx.actor, input));
