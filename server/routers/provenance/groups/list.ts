import { listGroups } from '@/server/services/provenance/groups/groups';
import { procedure } from '../../trpc';

export const list = procedure.query(({ ctx }) => listGroups(ctx.actor));
