import { httpStatus, toAppError } from '@/server/errors';
import { logger } from '@/server/log';
import { authenticate } from '@/server/services/auth/authenticate';
import { gate } from '@/server/services/auth/gate';
import { importArchive } from '@/server/services/provenance/archive/import-archive';

export const dynamic = 'force-dynamic';

/** An archive of ours as the body. The door is here and not in proxy.ts, which would hold the whole body in memory. */
export async function POST(request: Request): Promise<Response> {
  const door = gate(request.method, new URL(request.url).pathname, request.headers);
  if (!door.isOpen) return Response.json({ error: { message: door.message } }, { status: door.status });
  try {
    const actor = await authenticate(request.headers);
    if (!actor)
      return Response.json({ error: { code: 'unauthenticated', message: 'Sign in first.' } }, { status: 401 });
    return Response.json(await importArchive(actor, (request.body ?? []) as AsyncIterable<Uint8Array>));
  } catch (thrown) {
    const err = toAppError(thrown);
    if (err.code === 'internal') logger.error({ err: thrown }, 'import failed');
    const body = { error: { code: err.code, message: err.userMessage, details: err.details } };
    return Response.json(body, { status: httpStatus(err.code) });
  }
}
