import { tracked } from '@trpc/server';
import { eventsInputSchema } from '@/server/schemas/events';
import { followEvents } from '@/server/services/calculations/follow-events';
import { procedure } from '../trpc';

/** Server-sent events; each carries its number, so a browser that was away goes on where it was. */
export const events = procedure.input(eventsInputSchema).subscription(async function* ({ ctx, input, signal }) {
  for await (const event of followEvents(ctx.actor, input, signal)) yield tracked(String(event.number), event);
});
