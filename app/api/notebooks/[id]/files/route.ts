import { httpStatus, toAppError } from '@/server/errors';
import { logger } from '@/server/log';
import { filePathSchema } from '@/server/schemas/notebook/files';
import type { Actor } from '@/server/services/actor';
import { authenticate } from '@/server/services/auth/authenticate';
import { gate } from '@/server/services/auth/gate';
import { readFile, writeFile } from '@/server/services/notebooks/files';
import { zipFiles } from '@/server/services/notebooks/zip-files';

export const dynamic = 'force-dynamic';

interface Params {
  params: Promise<{ id: string }>;
}

/** A file of a notebook's folder as a download, named by `?path=`; or several, each `?name=`, of the folder `?path=` as a zip. Whatever it holds, the browser shows nothing of it. */
export const GET = (request: Request, { params }: Params): Promise<Response> =>
  answer(request, async (actor, query) => {
    const { id } = await params;
    const path = filePathSchema.parse(query.get('path') ?? '');
    const names = query.getAll('name');
    if (names.length > 0) {
      const stream = await zipFiles(actor, { id, folder: path, names });
      return new Response(stream, { headers: { 'content-type': 'application/zip', ...attachment('files.zip') } });
    }
    const { bytes, mark, stream } = await readFile(actor, { id, path });
    return new Response(stream, {
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(bytes),
        etag: `"${mark}"`,
        ...attachment(path.split('/').at(-1)!),
      },
    });
  });

/** Writes the body of the request to the file `?path=`; with `?mark=` only where it still is what that says. */
export const PUT = (request: Request, { params }: Params): Promise<Response> =>
  answer(request, async (actor, query) => {
    const { id } = await params;
    const path = filePathSchema.parse(query.get('path') ?? '');
    const bytes = request.body ?? new Blob([]).stream();
    return Response.json(await writeFile(actor, { id, path, mark: query.get('mark'), bytes }));
  });

/** The door is here and not in proxy.ts, which would hold the whole body in memory and cut it off. */
async function answer(
  request: Request,
  act: (actor: Actor, query: URLSearchParams) => Promise<Response>,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const door = gate(request.method, pathname, request.headers);
  if (!door.isOpen) return Response.json({ error: { message: door.message } }, { status: door.status });
  try {
    const actor = await authenticate(request.headers);
    if (!actor)
      return Response.json({ error: { code: 'unauthenticated', message: 'Sign in first.' } }, { status: 401 });
    return await act(actor, searchParams);
  } catch (thrown) {
    const err = toAppError(thrown);
    if (err.code === 'internal') logger.error({ err: thrown }, 'a file of a notebook could not be moved');
    return Response.json({ error: { code: err.code, message: err.userMessage } }, { status: httpStatus(err.code) });
  }
}

const attachment = (name: string) => ({
  'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`,
});
