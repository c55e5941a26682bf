import { tracked } from '@trpc/server';
import { eventsInputSchema } from '@/server/schemas/events';
import { followEvents } from '@/server/services/calculations/follow-events';
import { asTrpcError, procedure } from '../trpc';

/** Server-sent events; each carries its number, so a browser that was away goes on where it was. */
export const events = procedure.input(eventsInputSchema).subscription(async function* ({ ctx, input, signal, path }) {
  try {
    for await (const event of followEvents(ctx.actor, input, signal)) yield tracked(String(event.number), event);
  } catch (err) {
    // The stream runs after the procedure has returned, out of reach of the middleware.
    throw asTrpcError(err, path);
  }
});
