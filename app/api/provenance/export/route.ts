import { Readable } from 'node:stream';
import { AppError, httpStatus, toAppError } from '@/server/errors';
import { logger } from '@/server/log';
import { exportSchema } from '@/server/schemas/provenance';
import { authenticate } from '@/server/services/auth/authenticate';
import { exportNodes } from '@/server/services/provenance/archive/export-nodes';

export const dynamic = 'force-dynamic';

/** `?ids=ID,ID&format=archive|ro-crate|folder&descendants=1&license=CC-BY-4.0`: nodes with all they come from, as a zip archive. */
export async function GET(request: Request): Promise<Response> {
  try {
    const actor = await authenticate(request.headers);
    if (!actor)
      return Response.json({ error: { code: 'unauthenticated', message: 'Sign in first.' } }, { status: 401 });
    const { searchParams } = new URL(request.url);
    const wanted = exportSchema.safeParse({
      ids: (searchParams.get('ids') ?? '').split(','),
      format: searchParams.get('format') ?? undefined,
      withDescendants: searchParams.get('descendants') === '1',
      license: searchParams.get('license'),
    });
    if (!wanted.success)
      throw new AppError(
        'bad-input',
        'Name the nodes by their ids, and one of the formats archive, ro-crate, folder; a license as SPDX names it, or by its address.',
      );
    const { fileName, stream } = await exportNodes(actor, wanted.data);
    return new Response(Readable.toWeb(stream) as ReadableStream, {
      headers: {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${fileName}"`,
      },
    });
  } catch (thrown) {
    const err = toAppError(thrown);
    if (err.code === 'internal') logger.error({ err: thrown }, 'export failed');
    return Response.json({ error: { code: err.code, message: err.userMessage } }, { status: httpStatus(err.code) });
  }
}
