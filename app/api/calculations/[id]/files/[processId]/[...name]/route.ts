import { Readable } from 'node:stream';
import { httpStatus, toAppError } from '@/server/errors';
import { authenticate } from '@/server/services/auth/authenticate';
import { openFile } from '@/server/services/calculations/open-file';

export const dynamic = 'force-dynamic';

interface Params {
  params: Promise<{ id: string; processId: string; name: string[] }>;
}

/** A file that a job left, as a download: never shown as a page, whatever it holds. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  try {
    const actor = await authenticate(request.headers);
    if (!actor)
      return Response.json({ error: { code: 'unauthenticated', message: 'Sign in first.' } }, { status: 401 });
    const { id, processId, name } = await params;
    const { entry, stream } = await openFile(actor, { id, processId, name: name.join('/') });
    return new Response(Readable.toWeb(stream) as ReadableStream, {
      headers: {
        'content-type': entry.mediaType,
        'content-length': String(entry.bytes),
        'content-disposition': `attachment; filename="${entry.process}-${name.at(-1)!.replace(/[^\w.-]/g, '_')}"`,
      },
    });
  } catch (thrown) {
    const err = toAppError(thrown);
    return Response.json({ error: { code: err.code, message: err.userMessage } }, { status: httpStatus(err.code) });
  }
}
