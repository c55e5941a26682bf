import { putBlob, readBlob } from '@/server/db/blobs';
import type { Database } from '@/server/db/client';
import { encodingOf } from '@/server/schemas/notebook/from-file';
import { HEAD_MAX, TAIL_MAX } from '@/server/schemas/notebook/outputs';
import type { Bundle, MimeValue, NotebookState, Output } from '@/server/schemas/notebook/state';
import { blobsOf } from '@/server/schemas/notebook/to-file';

type Encoding = 'text' | 'base64' | 'json';

/** Values from here on are blobs, characters. */
const INLINE_MAX = 16_000;
/** Of one value; what is larger is left out. */
export const VALUE_MAX = 50_000_000;

/** The bundle with its large values in the blob store, each use by a foreign key. */
export async function moveLargeValues(db: Database, notebookId: string, bundle: Bundle): Promise<Bundle> {
  const entries = Object.entries(bundle).map(async ([type, value]): Promise<[string, MimeValue]> => {
    if ('blob' in value) return [type, value];
    const encoding = encodingOf(type);
    const text = encoding === 'json' ? JSON.stringify(value.inline) : String(value.inline);
    if (text.length <= INLINE_MAX) return [type, value];
    if (text.length > VALUE_MAX) return ['text/plain', { inline: `[${type} of ${text.length} characters left out]` }];
    return [type, await keepText(db, notebookId, text, encoding)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** A text in the blob store. Base64 is kept as the bytes that it stands for, where it reads back the same. */
export async function keepText(db: Database, notebookId: string, text: string, encoding: Encoding) {
  const decoded = encoding === 'base64' ? Buffer.from(text, 'base64') : null;
  const isFaithful = decoded?.toString('base64') === text;
  const bytes = decoded && isFaithful ? decoded : Buffer.from(text);
  const blob = await putBlob(db, bytes);
  await db.$executeRaw`INSERT INTO "NotebookBlob" ("notebookId", "sha256") VALUES (${notebookId}::uuid, ${blob.sha256})
    ON CONFLICT DO NOTHING`;
  return {
    blob: blob.sha256,
    bytes: blob.bytes,
    encoding: encoding === 'base64' && !isFaithful ? ('text' as const) : encoding,
  };
}

/** The same for all outputs and attachments of a notebook that was read from a file. */
export async function moveAllLargeValues(
  db: Database,
  notebookId: string,
  state: NotebookState,
): Promise<NotebookState> {
  const cells: NotebookState['cells'] = {};
  for (const cell of Object.values(state.cells)) {
    const outputs: Output[] = [];
    for (const output of cell.outputs) outputs.push(await moveOutput(db, notebookId, output));
    const attachments: Record<string, Bundle> = {};
    for (const [name, bundle] of Object.entries(cell.attachments ?? {}))
      attachments[name] = await moveLargeValues(db, notebookId, bundle);
    cells[cell.id] = { ...cell, outputs, attachments: cell.attachments && attachments };
  }
  return { ...state, cells };
}

async function moveOutput(db: Database, notebookId: string, output: Output): Promise<Output> {
  if (output.kind === 'data') return { ...output, data: await moveLargeValues(db, notebookId, output.data) };
  if (output.kind !== 'stream' || output.head.length <= HEAD_MAX + TAIL_MAX) return output;
  const text = output.head;
  const { blob, bytes } = await keepText(db, notebookId, text, 'text');
  const head = text.slice(0, HEAD_MAX);
  const tail = text.slice(-TAIL_MAX);
  const between = text.slice(HEAD_MAX, -TAIL_MAX);
  const leftOut = { lines: between.split('\n').length - 1, characters: between.length };
  return { ...output, head, tail, leftOut, all: { blob, bytes, isWhole: true } };
}

/** Every large value of a notebook as it would stand in its file, by hash. */
export async function readLargeValues(state: NotebookState): Promise<Map<string, unknown>> {
  const values = new Map<string, unknown>();
  for (const [blob, encoding] of blobsOf(state)) values.set(blob, decode(await readBlob(blob), encoding));
  return values;
}

function decode(bytes: Buffer, encoding: Encoding): unknown {
  if (encoding === 'base64') return bytes.toString('base64');
  return encoding === 'json' ? JSON.parse(bytes.toString()) : bytes.toString();
}
