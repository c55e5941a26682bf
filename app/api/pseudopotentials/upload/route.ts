import { httpStatus, toAppError } from '@/server/errors';
import { logger } from '@/server/log';
import { authenticate } from '@/server/services/auth/authenticate';
import { gate } from '@/server/services/auth/gate';
import { installFamily } from '@/server/services/pseudopotentials/install-family';

export const dynamic = 'force-dynamic';

/**
 * An archive of a pseudopotential family as the body of the request, the family's name in `?name=`. Reading ends at the byte limit.
 * The door is here and not in proxy.ts, which would hold the whole body in memory and cut it off at 16 MB.
 */
export async function POST(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const door = gate(request.method, url.pathname, request.headers);
  if (!door.isOpen) return Response.json({ error: { message: door.message } }, { status: door.status });
  try {
    const actor = await authenticate(request.headers);
    if (!actor)
      return Response.json({ error: { code: 'unauthenticated', message: 'Sign in first.' } }, { status: 401 });
    const name = url.searchParams.get('name') ?? '';
    const archive = (request.body ?? []) as AsyncIterable<Uint8Array>;
    return Response.json(await installFamily(actor, { name, archive }));
  } catch (thrown) {
    const err = toAppError(thrown);
    if (err.code === 'internal') logger.error({ err: thrown }, 'installing a family failed');
    const body = { error: { code: err.code, message: err.userMessage, details: err.details } };
    return Response.json(body, { status: httpStatus(err.code) });
  }
}
