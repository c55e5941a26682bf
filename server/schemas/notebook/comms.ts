import { z } from 'zod';
import { idSchema } from '../common';

/** Of one message, characters of its JSON; binary parts are not carried. */
export const COMM_MAX = 200_000;
const commIdSchema = z.string().regex(/^[\w-]{1,100}$/);
const dataSchema = z
  .record(z.string(), z.unknown())
  .default({})
  .refine((data) => JSON.stringify(data).length <= COMM_MAX, 'The message is too long.');

/** A message of Jupyter's comms, by which what stands in a page and code in the kernel talk. */
export const commSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), commId: commIdSchema, target: z.string().min(1).max(200), data: dataSchema }),
  z.object({ type: z.literal('message'), commId: commIdSchema, data: dataSchema }),
  z.object({ type: z.literal('close'), commId: commIdSchema, data: dataSchema }),
]);
export type Comm = z.infer<typeof commSchema>;

export const sendCommSchema = z.object({ id: idSchema, comm: commSchema });

const types: Record<string, Comm['type']> = { comm_open: 'open', comm_msg: 'message', comm_close: 'close' };

/** A kernel's message in our words; null where it is none of comms, or too long. */
export function toComm(type: string, content: unknown): Comm | null {
  if (!Object.hasOwn(types, type)) return null;
  const { comm_id: commId, target_name: target, data } = (content ?? {}) as Record<string, unknown>;
  return commSchema.safeParse({ type: types[type], commId, target, data }).data ?? null;
}
