import type { z } from 'zod';
import { AppError } from '@/server/errors';
import type { eventsInputSchema, ProcessEvent } from '@/server/schemas/events';
import type { Actor } from '../actor';

export async function* followEvents(
  _actor: Actor,
  _input: z.infer<typeof eventsInputSchema>,
  _signal: AbortSignal | undefined,
): AsyncGenerator<ProcessEvent> {
  throw new AppError('unavailable', 'in the making');
}
