import { httpStatus, toAppError } from '@/server/errors';
import { logger } from '@/server/log';
import { idSchema } from '@/server/schemas/common';
import { authenticate } from '@/server/services/auth/authenticate';
import { packedIndex } from '@/server/services/datasets/build-index';

export const dynamic = 'force-dynamic';

/** The columns of a dataset, for the browser to search; asked for again only when the dataset has changed. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const actor = await authenticate(request.headers);
    const id = idSchema.safeParse((await params).id);
    if (!actor || !id.success)
      return Response.json({ error: { code: 'not-found', message: 'There is no such dataset.' } }, { status: 404 });
    const { revision, bytes } = await packedIndex(actor, { id: id.data });
    const etag = `"${revision}"`;
    const headers = { etag, 'cache-control': 'private, no-cache', vary: 'cookie' };
    if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
    // Next takes the header away that would have the browser unpack it: whoever reads it does.
    return new Response(new Uint8Array(bytes), { headers: { ...headers, 'content-type': 'application/gzip' } });
  } catch (thrown) {
    const err = toAppError(thrown);
    if (err.code === 'internal') logger.error({ err: thrown }, 'the index of a dataset could not be made');
    return Response.json({ error: { code: err.code, message: err.userMessage } }, { status: httpStatus(err.code) });
  }
}
