import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const dynamic = 'force-dynamic';

/** The declarations that cells of TypeScript see: of the kernel, and of what they import as `brine`. */
export async function GET(): Promise<Response> {
  const [deno, brine] = await Promise.all(['language/deno.d.ts', 'client/brine.d.ts'].map(readDeclarations));
  return Response.json({ deno, brine });
}

/** A machine without the kernel of TypeScript has no declarations of it. */
const readDeclarations = (name: string): Promise<string> =>
  readFile(join(/* turbopackIgnore: true */ process.cwd(), 'dist', name), 'utf8').catch(() => '');
