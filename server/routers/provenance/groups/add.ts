import { groupMembersSchema } from '@/server/schemas/provenance';
import { addToGroup } from '@/server/services/provenance/groups/groups';
import { procedure } from '../../trpc';

export const add = procedure.input(groupMembersSchema).mutation(({ ctx, input }) => addToGroup(ctx.actor, input));
