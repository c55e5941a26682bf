/** Compiles kernels/planewave/backends/assembly to dist/planewave.wasm; does nothing while the output is newer than its sources. */
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sourceFolder = path.join(root, 'kernels/planewave/backends/assembly');
const output = path.join(root, 'dist/planewave.wasm');

/** Returns the path of the module. Throws with the compiler's messages where a source is wrong. */
export async function buildWasm() {
  if (await isFresh()) return output;
  const { default: asc } = await import('assemblyscript/asc');
  await mkdir(path.dirname(output), { recursive: true });
  // Written under a name of its own first, so that processes that build at once never read half a file.
  const draft = `${output}.${process.pid}`;
  const { error, stderr } = await asc.main([
    path.relative(root, path.join(sourceFolder, 'index.ts')),
    ...['--baseDir', root, '--outFile', path.relative(root, draft)],
    ...['-O3', '--noAssert', '--enable', 'simd', '--runtime', 'stub'],
  ]);
  if (error) throw new Error(`The wasm back end does not compile.\n${stderr.toString()}`, { cause: error });
  await rename(draft, output);
  return output;
}

async function isFresh() {
  const built = await modifiedMs(output);
  const names = (await readdir(sourceFolder)).filter((name) => name.endsWith('.ts'));
  const files = [...names.map((name) => path.join(sourceFolder, name)), fileURLToPath(import.meta.url)];
  const times = await Promise.all(files.map(modifiedMs));
  return built > Math.max(...times);
}

async function modifiedMs(file) {
  return (await stat(file).catch(() => null))?.mtimeMs ?? 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWasm();
