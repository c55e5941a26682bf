import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const dynamic = 'force-dynamic';

/** The Python client, one file that needs the standard library alone. */
export async function GET(): Promise<Response> {
  const file = join(/* turbopackIgnore: true */ process.cwd(), 'server/runtime/client/brine.py');
  return new Response(await readFile(file), {
    headers: {
      'content-type': 'text/x-python; charset=utf-8',
      'content-disposition': 'attachment; filename="brine.py"',
    },
  });
}
