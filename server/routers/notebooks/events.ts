import { tracked } from '@trpc/server';
import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { followNotebook, type Place, placeAfter } from '@/server/services/notebooks/follow-notebook';
import { asTrpcError, procedure } from '../trpc';

const placeSchema = z.object({
  id: idSchema,
  epoch: z.uuid().nullable(),
  number: z.number().int().min(0),
  /** Where the stream broke off: `epoch:number`. */
  lastEventId: z
    .string()
    .regex(/^[0-9a-f-]{36}:\d+$/)
    .nullish(),
});

/** Server-sent events of an open notebook; a browser that was away goes on where it was. */
export const events = procedure.input(placeSchema).subscription(async function* ({ ctx, input, signal, path }) {
  const { id, lastEventId } = input;
  let place: Place = { epoch: input.epoch, number: input.number };
  if (lastEventId) place = { epoch: lastEventId.slice(0, 36), number: Number(lastEventId.slice(37)) };
  try {
    for await (const message of followNotebook(ctx.actor, { id, ...place }, signal)) {
      place = placeAfter(message, place);
      yield tracked(`${place.epoch ?? '00000000-0000-0000-0000-000000000000'}:${place.number}`, message);
    }
  } catch (err) {
    throw asTrpcError(err, path);
  }
});
