import { Readable } from 'node:stream';
import { httpStatus, toAppError } from '@/server/errors';
import { authenticate } from '@/server/services/auth/authenticate';
import { openBlob } from '@/server/services/notebooks/open-blob';

export const dynamic = 'force-dynamic';

interface Params {
  params: Promise<{ id: string; sha256: string }>;
}

/** What a picture in a page may be; all else is a download, whatever it holds. */
const pictures = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);

/** A large output of a notebook. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  try {
    const actor = await authenticate(request.headers);
    if (!actor)
      return Response.json({ error: { code: 'unauthenticated', message: 'Sign in first.' } }, { status: 401 });
    const { bytes, stream } = await openBlob(actor, await params);
    const type = new URL(request.url).searchParams.get('type') ?? '';
    return new Response(Readable.toWeb(stream) as ReadableStream, {
      headers: {
        'content-type': pictures.has(type) ? type : 'application/octet-stream',
        'content-length': String(bytes),
        'content-disposition': pictures.has(type) ? 'inline' : 'attachment',
      },
    });
  } catch (thrown) {
    const err = toAppError(thrown);
    return Response.json({ error: { code: err.code, message: err.userMessage } }, { status: httpStatus(err.code) });
  }
}
