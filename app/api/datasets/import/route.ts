import { httpStatus, toAppError } from '@/server/errors';
import { logger } from '@/server/log';
import { authenticate } from '@/server/services/auth/authenticate';
import { gate } from '@/server/services/auth/gate';
import { startImport } from '@/server/services/datasets/start-import';

export const dynamic = 'force-dynamic';

/**
 * A file of OPTIMADE JSON Lines as the body of the request, the dataset's title in `?name=`. The door is here and not in proxy.ts, which would
 * hold the whole body in memory.
 */
export async function POST(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const door = gate(request.method, url.pathname, request.headers);
  if (!door.isOpen) return Response.json({ error: { message: door.message } }, { status: door.status });
  try {
    const actor = await authenticate(request.headers);
    if (!actor)
      return Response.json({ error: { code: 'unauthenticated', message: 'Sign in first.' } }, { status: 401 });
    const title = url.searchParams.get('name') ?? '';
    const fileName = url.searchParams.get('fileName') ?? '';
    const bytes = (request.body ?? []) as AsyncIterable<Uint8Array>;
    return Response.json(await startImport(actor, { title, fileName, bytes }));
  } catch (thrown) {
    const err = toAppError(thrown);
    if (err.code === 'internal') logger.error({ err: thrown }, 'importing a dataset failed');
    const body = { error: { code: err.code, message: err.userMessage, details: err.details } };
    return Response.json(body, { status: httpStatus(err.code) });
  }
}
