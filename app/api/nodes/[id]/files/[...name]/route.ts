import { Readable } from 'node:stream';
import { httpStatus, toAppError } from '@/server/errors';
import { authenticate } from '@/server/services/auth/authenticate';
import { openNodeFile } from '@/server/services/provenance/open-node-file';

export const dynamic = 'force-dynamic';

interface Params {
  params: Promise<{ id: string; name: string[] }>;
}

/** A file of a node, as a download: never shown as a page, whatever it holds. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  try {
    const actor = await authenticate(request.headers);
    if (!actor)
      return Response.json({ error: { code: 'unauthenticated', message: 'Sign in first.' } }, { status: 401 });
    const { id, name } = await params;
    const { stream, mediaType, bytes } = await openNodeFile(actor, { id, name: name.join('/') });
    return new Response(Readable.toWeb(stream) as ReadableStream, {
      headers: {
        'content-type': mediaType,
        'content-length': String(bytes),
        'content-disposition': `attachment; filename="${name.at(-1)!.replace(/[^\w.-]/g, '_')}"`,
      },
    });
  } catch (thrown) {
    const err = toAppError(thrown);
    return Response.json({ error: { code: err.code, message: err.userMessage } }, { status: httpStatus(err.code) });
  }
}
