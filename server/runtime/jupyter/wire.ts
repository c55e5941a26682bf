import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** A message of Jupyter's protocol 5.3, as it was signed. */
export interface WireMessage {
  id: string;
  type: string;
  /** Of the request that it belongs to. */
  parentId: string | null;
  header: Record<string, unknown>;
  content: Record<string, unknown>;
  metadata: Record<string, unknown>;
  buffers: Uint8Array[];
}

export interface Outgoing {
  type: string;
  session: string;
  content: Record<string, unknown>;
  id?: string;
  /** The header of the request that is answered. */
  parent?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  buffers?: Uint8Array[];
}

const DELIMITER = '<IDS|MSG>';
const record = z.record(z.string(), z.unknown());
const headerSchema = z.looseObject({ msg_id: z.string(), msg_type: z.string() });
const parentSchema = z.looseObject({ msg_id: z.string().optional() });

/** The frames of a message: delimiter, signature, header, parent, metadata, content, buffers. */
export function pack(key: string, message: Outgoing): (string | Uint8Array)[] {
  const header = {
    msg_id: message.id ?? randomUUID(),
    msg_type: message.type,
    session: message.session,
    username: 'brine',
    date: new Date().toISOString(),
    version: '5.3',
  };
  const signed = [header, message.parent ?? {}, message.metadata ?? {}, message.content].map((part) =>
    Buffer.from(JSON.stringify(part)),
  );
  return [DELIMITER, signature(key, signed), ...signed, ...(message.buffers ?? [])];
}

/** Null where the frames are no message, or one that was not signed with our key: nobody may act on it. */
export function unpack(key: string, frames: Buffer[]): WireMessage | null {
  const start = frames.findIndex((frame) => frame.toString() === DELIMITER);
  if (start < 0 || frames.length < start + 6) return null;
  const [given, ...signed] = frames.slice(start + 1, start + 6) as [Buffer, Buffer, Buffer, Buffer, Buffer];
  const right = Buffer.from(signature(key, signed));
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  try {
    const [header, parent, metadata, content] = signed.map((part) => JSON.parse(part.toString()));
    const { msg_id, msg_type, ...rest } = headerSchema.parse(header);
    return {
      id: msg_id,
      type: msg_type,
      parentId: parentSchema.parse(parent).msg_id ?? null,
      header: { msg_id, msg_type, ...rest },
      content: record.parse(content),
      metadata: record.parse(metadata),
      buffers: frames.slice(start + 6),
    };
  } catch {
    return null;
  }
}

function signature(key: string, parts: Uint8Array[]): string {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}
