import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './stamps.mjs';

const source = join(root, 'server/runtime/client');
const folder = join(root, 'dist/client');

/**
 * What code in notebooks imports as `brine`: for TypeScript one file without imports and its types, for Python its one file,
 * in a folder that kernels see at /run/brine.
 */
export async function buildClient() {
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(source, 'brine.py'), join(folder, 'brine.py'));
  writeFileSync(
    join(folder, 'deno.json'),
    `${JSON.stringify({ imports: { brine: '/run/brine/brine.js' }, lock: false })}\n`,
  );
  const bundle = build({
    entryPoints: { brine: join(source, 'typescript/main.ts') },
    outdir: folder,
    bundle: true,
    format: 'esm',
    target: 'es2023',
    banner: { js: '// @ts-self-types="./brine.d.ts"' },
    logLevel: 'warning',
    absWorkingDir: root,
  });
  await Promise.all([bundle, writeTypes()]);
}

/** The declarations of all files as those of one: only what main.ts exports is exported. */
async function writeTypes() {
  const temporary = mkdtempSync(join(tmpdir(), 'brine-types-'));
  try {
    await run(join(root, 'node_modules/typescript/bin/tsc'), [
      ...['--declaration', '--emitDeclarationOnly', '--stripInternal', '--skipLibCheck', '--strict'],
      ...['--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler', '--ignoreConfig'],
      ...['--types', '', '--outDir', temporary, join(source, 'typescript/main.ts')],
    ]);
    const files = readdirSync(temporary).filter((name) => name !== 'main.d.ts');
    const texts = files.map((name) =>
      readFileSync(join(temporary, name), 'utf8')
        .replace(/^import [^;]*;\n/gm, '')
        .replace(/^export \{\};\n/gm, '')
        .replace(/^export /gm, ''),
    );
    const exported = readFileSync(join(temporary, 'main.d.ts'), 'utf8').replace(/ from '[^']*'/g, '');
    writeFileSync(join(folder, 'brine.d.ts'), [...texts, exported].join('\n'));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function run(file, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(said))));
  });
}
