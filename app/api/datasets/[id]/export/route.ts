import { AppError, httpStatus, toAppError } from '@/server/errors';
import { exportFound } from '@/server/explorer/export/export-found';
import { logger } from '@/server/log';
import { idSchema } from '@/server/schemas/common';
import { exportFormatSchema, exportFormats } from '@/server/schemas/dataset-export';
import { authenticate } from '@/server/services/auth/authenticate';

export const dynamic = 'force-dynamic';

/** `?format=csv|parquet|jsonl|cif` and what stands in the address of the explorer: what that finds, as a file. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const actor = await authenticate(request.headers);
    const id = idSchema.safeParse((await params).id);
    if (!actor || !id.success)
      return Response.json({ error: { code: 'not-found', message: 'There is no such dataset.' } }, { status: 404 });
    const { searchParams } = new URL(request.url);
    const format = exportFormatSchema.safeParse(searchParams.get('format'));
    if (!format.success)
      throw new AppError('bad-input', `Say one of the formats ${exportFormats.join(', ')}, as in ?format=csv.`);
    searchParams.delete('format');
    const { fileName, mediaType, stream } = await exportFound(actor, {
      id: id.data,
      search: searchParams.toString(),
      format: format.data,
    });
    return new Response(stream, {
      headers: {
        'content-type': mediaType,
        'content-disposition': `attachment; filename="${fileName}"`,
        'x-content-type-options': 'nosniff',
      },
    });
  } catch (thrown) {
    const err = toAppError(thrown);
    if (err.code === 'internal') logger.error({ err: thrown }, 'entries could not be exported');
    return Response.json({ error: { code: err.code, message: err.userMessage } }, { status: httpStatus(err.code) });
  }
}
