import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

export const dynamic = 'force-dynamic';

/** The worker of the editor with TypeScript's language service: several megabytes, which a browser keeps until they are others. */
export async function GET(request: Request): Promise<Response> {
  const file = join(/* turbopackIgnore: true */ process.cwd(), 'dist/language/language-worker.js');
  const { size, mtimeMs } = await stat(file);
  const etag = `"${size}-${Math.round(mtimeMs)}"`;
  const headers = { etag, 'cache-control': 'private, no-cache' };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(await readFile(file)), {
    headers: { ...headers, 'content-type': 'text/javascript; charset=utf-8' },
  });
}
