import { httpStatus, toAppError } from '@/server/errors';
import { logger } from '@/server/log';
import { STRUCTURE_BYTES_MAX } from '@/server/schemas/structure';
import { authenticate } from '@/server/services/auth/authenticate';
import { importBytes, tooLarge } from '@/server/services/structures/import-structure';

export const dynamic = 'force-dynamic';

/** A structure file as the body of the request, its name in `?fileName=`. Reading ends at the byte limit. */
export async function POST(request: Request): Promise<Response> {
  try {
    const actor = await authenticate(request.headers);
    if (!actor)
      return Response.json({ error: { code: 'unauthenticated', message: 'Sign in first.' } }, { status: 401 });
    const bytes = await readLimited(request);
    const fileName = new URL(request.url).searchParams.get('fileName');
    return Response.json(await importBytes(actor, { bytes, fileName, source: 'upload' }));
  } catch (thrown) {
    const err = toAppError(thrown);
    if (err.code === 'internal') logger.error({ err: thrown }, 'upload failed');
    const body = { error: { code: err.code, message: err.userMessage, details: err.details } };
    return Response.json(body, { status: httpStatus(err.code) });
  }
}

async function readLimited(request: Request): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > STRUCTURE_BYTES_MAX) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > STRUCTURE_BYTES_MAX) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
