import { z } from 'zod';
import {
  actInAppSchema,
  listAppsSchema,
  openAppSchema,
  publishAppSchema,
  runAppSchema,
} from '@/server/schemas/app/apps';
import { idSchema } from '@/server/schemas/common';
import { actInApp } from '@/server/services/apps/act-in-app';
import { copyApp } from '@/server/services/apps/copy-app';
import { getApp } from '@/server/services/apps/get-app';
import { listApps } from '@/server/services/apps/list-apps';
import { getVisit, leaveApp, openApp } from '@/server/services/apps/open-app';
import { previewApp, publishApp } from '@/server/services/apps/publish-app';
import { runApp } from '@/server/services/apps/run-app';
import { unpublishApp } from '@/server/services/apps/unpublish-app';
import { procedure, router } from '../trpc';

const idInput = z.object({ id: idSchema });

/** By the address of an app those of the register; by an id those of a notebook, or of one visitor's copy. */
export const apps = router({
  list: procedure.input(listAppsSchema).query(({ ctx, input }) => listApps(ctx.actor, input)),
  get: procedure.input(openAppSchema).query(({ ctx, input }) => getApp(ctx.actor, input)),
  copy: procedure.input(openAppSchema).mutation(({ ctx, input }) => copyApp(ctx.actor, input)),
  preview: procedure.input(idInput).query(({ ctx, input }) => previewApp(ctx.actor, input)),
  publish: procedure.input(publishAppSchema).mutation(({ ctx, input }) => publishApp(ctx.actor, input)),
  unpublish: procedure.input(openAppSchema).mutation(({ ctx, input }) => unpublishApp(ctx.actor, input)),
  open: procedure.input(openAppSchema).mutation(({ ctx, input }) => openApp(ctx.actor, input)),
  visit: procedure.input(idInput).query(({ ctx, input }) => getVisit(ctx.actor, input)),
  run: procedure.input(runAppSchema).mutation(({ ctx, input }) => runApp(ctx.actor, input)),
  act: procedure.input(actInAppSchema).mutation(({ ctx, input }) => actInApp(ctx.actor, input)),
  leave: procedure.input(idInput).mutation(({ ctx, input }) => leaveApp(ctx.actor, input)),
});
