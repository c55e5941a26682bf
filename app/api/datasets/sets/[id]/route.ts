import { httpStatus, toAppError } from '@/server/errors';
import { openSet } from '@/server/explorer/sets/open-set';
import { logger } from '@/server/log';
import { idSchema } from '@/server/schemas/common';
import { authenticate } from '@/server/services/auth/authenticate';

export const dynamic = 'force-dynamic';

/** The lines of a frozen result, of which its SHA-256 was made. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const actor = await authenticate(request.headers);
    const id = idSchema.safeParse((await params).id);
    if (!actor || !id.success)
      return Response.json({ error: { code: 'not-found', message: 'There is no such result set.' } }, { status: 404 });
    const { fileName, sha256, stream } = await openSet(actor, { id: id.data });
    return new Response(stream, {
      headers: {
        'content-type': 'application/jsonl',
        'content-disposition': `attachment; filename="${fileName}"`,
        etag: `"${sha256}"`,
        'x-content-type-options': 'nosniff',
      },
    });
  } catch (thrown) {
    const err = toAppError(thrown);
    if (err.code === 'internal') logger.error({ err: thrown }, 'a result set could not be read');
    return Response.json({ error: { code: err.code, message: err.userMessage } }, { status: httpStatus(err.code) });
  }
}
