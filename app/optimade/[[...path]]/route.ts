import { VERSION } from '@/server/env';
import { httpStatus, toAppError } from '@/server/errors';
import { logger } from '@/server/log';
import { answerOptimade } from '@/server/optimade/answer';
import { authenticate } from '@/server/services/auth/authenticate';
import { servedDatasets } from '@/server/services/datasets/served-datasets';

export const dynamic = 'force-dynamic';

/** OPTIMADE for programs: `/optimade` is the index, `/optimade/<dataset>` a database. */
export async function GET(request: Request, { params }: { params: Promise<{ path?: string[] }> }): Promise<Response> {
  const url = new URL(request.url);
  const host = request.headers.get('host') ?? url.host;
  try {
    const actor = await authenticate(request.headers);
    const { status, contentType, body } = await answerOptimade({
      site: { root: `${url.protocol}//${host}/optimade`, softwareVersion: VERSION },
      path: ((await params).path ?? []).map(decodeURIComponent),
      query: url.searchParams,
      datasets: await servedDatasets(actor),
    });
    return new Response(body, {
      status,
      headers: { 'content-type': contentType, 'x-content-type-options': 'nosniff' },
    });
  } catch (thrown) {
    const err = toAppError(thrown);
    if (err.code === 'internal') logger.error({ err: thrown, url: request.url }, 'an OPTIMADE request failed');
    const status = httpStatus(err.code);
    return Response.json(
      { errors: [{ status: String(status), title: err.code, detail: err.userMessage }] },
      { status },
    );
  }
}
