import { openApiDocument } from '@/server/routers/http/openapi';

export const dynamic = 'force-dynamic';

/** The door has seen a cookie or a token; the document itself holds nobody's data. */
export function GET(request: Request): Response {
  const host = request.headers.get('host') ?? new URL(request.url).host;
  return Response.json(openApiDocument(`http://${host}`));
}
