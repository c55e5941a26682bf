import { createGroupSchema } from '@/server/schemas/provenance';
import { createGroup } from '@/server/services/provenance/groups/groups';
import { procedure } from '../../trpc';

export const create = procedure.input(createGroupSchema).mutation(({ ctx, input }) => createGroup(ctx.actor, input));
