import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { env } from '@/server/env';

/** Where kernels in a sandbox see what code imports as `brine`. */
const seenAt = '/run/brine';
/** In a folder above that of every notebook: Deno looks there for what bare names stand for, and finds that of a person first. */
const seenConfig = '/deno.json';

const built = () => resolve('dist/client');

/** What was built and where it is to be seen, in pairs; a path that is not there is left out by who binds it. */
export const clientMounts = (): [path: string, seenAt: string][] => [
  [built(), seenAt],
  [join(built(), 'deno.json'), seenConfig],
];

/** The folder of Python's client, as the kernel sees it. */
export const pythonPath = (isInSandbox: boolean): string => (isInSandbox ? seenAt : built());

/** Without a sandbox: for the notebooks of the platform. The folder of a file elsewhere is left as it is. */
export function writeDenoConfig(): void {
  const module = join(built(), 'brine.js');
  if (!existsSync(module)) return;
  mkdirSync(env().notebookFolder, { recursive: true, mode: 0o700 });
  writeFileSync(join(env().notebookFolder, 'deno.json'), JSON.stringify({ imports: { brine: module }, lock: false }));
}
