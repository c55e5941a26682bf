import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './stamps.mjs';

const folder = join(root, 'dist/language');

/**
 * The worker of the editor with TypeScript's language service in it, and the declarations of the kernel. Ten megabytes of compiler are
 * no matter for the bundler of the web application.
 */
export async function buildLanguage() {
  mkdirSync(folder, { recursive: true });
  const worker = build({
    entryPoints: [join(root, 'app/notebook/language/language-worker.ts')],
    outdir: folder,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
    logLevel: 'warning',
    absWorkingDir: root,
  });
  await Promise.all([worker, writeKernelTypes()]);
}

/** A machine for which there is no kernel of TypeScript goes without. */
async function writeKernelTypes() {
  const packages = join(root, 'node_modules/@deno');
  const names = existsSync(packages) ? readdirSync(packages) : [];
  const programs = [join(root, 'node_modules/deno/deno'), ...names.map((name) => join(packages, name, 'deno'))];
  const program = programs.find((path) => existsSync(path));
  writeFileSync(join(folder, 'deno.d.ts'), program ? await textOf(program, ['types']) : '');
}

function textOf(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.setEncoding('utf8');
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(said) : reject(new Error(`${program} ended with ${code}`))));
  });
}
