// Builds what has changed: Prisma's client, the wasm and the bundles, the web application.
// usage: node scripts/build.mjs [--programs]   (--programs: all but the web application)
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashSources, isFresh, root, writeStamp } from './stamps.mjs';

const tools = ['package-lock.json', 'tsconfig.json', 'scripts'];
/** Parts in the order of their making; `outputs` must be there for the stamp to count. */
const parts = [
  {
    name: 'database client',
    sources: ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json', 'scripts/generate-prisma.mjs'],
    outputs: ['generated/prisma/client.ts'],
    make: async () => (await import('./generate-prisma.mjs')).generatePrisma(),
  },
  {
    name: 'programs',
    sources: ['server', 'kernels', 'app/notebook/language', 'prisma/schema.prisma', ...tools],
    outputs: [
      'dist/cli.mjs',
      'dist/worker.mjs',
      'dist/runtimes.mjs',
      'dist/espresso-job.mjs',
      'dist/notebook-thread.mjs',
      'dist/structure-thread.mjs',
      'dist/aiida-thread.mjs',
      'dist/kernel.mjs',
      'dist/client/brine.js',
      'dist/client/brine.d.ts',
      'dist/client/brine.py',
      'dist/language/language-worker.js',
      'dist/language/deno.d.ts',
    ],
    make: async () => (await import('./build-programs.mjs')).buildPrograms(),
  },
  {
    name: 'web application',
    sources: ['app', 'public', 'server', 'kernels', 'prisma/schema.prisma', 'proxy.ts', 'next.config.js', ...tools],
    outputs: ['.next/BUILD_ID'],
    make: buildWeb,
  },
];

/** Names of the parts that are out of date. */
export function staleParts({ withWeb = true } = {}) {
  return parts
    .filter((part) => withWeb || part.name !== 'web application')
    .filter(
      (part) =>
        !isFresh(part.name, hashSources(part.sources)) || !part.outputs.every((path) => existsSync(join(root, path))),
    )
    .map((part) => part.name);
}

/** Makes them. Programs and web application, each on its own process, side by side. The signal ends it, and with it the processes. */
export async function build({ withWeb = true, say = () => {}, signal } = {}) {
  const stale = new Set(staleParts({ withWeb }));
  const makePart = async (part) => {
    if (!stale.has(part.name)) return;
    signal?.throwIfAborted();
    const started = Date.now();
    const hash = hashSources(part.sources);
    await part.make(signal);
    writeStamp(part.name, hash);
    say(`built the ${part.name} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  };
  const [client, ...others] = parts;
  await makePart(client);
  const made = await Promise.allSettled(others.map(makePart));
  signal?.throwIfAborted();
  const failed = made.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

async function buildWeb(signal) {
  const child = spawn(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  child.on('error', () => undefined);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log += chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`next build failed:\n${log}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir(root);
  await build({ withWeb: !process.argv.includes('--programs'), say: (line) => console.error(line) });
}
