/**
 * Builds dist/kernel.mjs: the numerical engines in one file that runs with Node alone. WebAssembly, data and the addon that calls C
 * libraries are inside, and the file starts itself again as its own computing threads. FFTW and OpenBLAS are the machine's, where it has
 * them; onnxruntime is used where its package is installed. How the file is laid out: kernels/planewave/single-file.
 */
import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildWasm } from './build-wasm.mjs';
import { packKoffi } from './pack-koffi.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

export async function buildKernel(outfile = `${root}dist/kernel.mjs`) {
  const koffi = await packKoffi();
  const [engine, start, { joinParts }] = await Promise.all([
    bundleEngine(koffi.addons),
    bundle({ entryPoints: [`${root}kernels/planewave/single-file/start.native.ts`], format: 'esm' }),
    loadLayout(),
  ]);
  const parts = {
    engine: Buffer.from(engine),
    'planewave-wasm': await readFile(await buildWasm()),
    'symmetry-wasm': await readFile(symmetryWasm()),
    ...koffi.parts,
  };
  const file = joinParts(start, { build: Buffer.from(hashOf(engine)), ...parts });
  // Aside first: another process may be starting the old one.
  await writeFile(`${outfile}.${process.pid}`, file);
  await rename(`${outfile}.${process.pid}`, outfile);
}

/** The engine as the text of a function of require, its own address, and a reader of the file's parts. */
async function bundleEngine(addons) {
  const code = await bundle({
    entryPoints: [`${root}kernels/planewave/main.ts`],
    format: 'cjs',
    external: ['koffi', 'onnxruntime-node'],
    // A script that V8 takes from its compiled form cannot import.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'kernelUrl' },
    plugins: [takeFromParts(addons)],
  });
  return `(function (require, kernelUrl, readPart) { const module = { exports: {} };\n${code}\nreturn module.exports.running; })`;
}

/** In place of the functions that read from packages and from dist. */
function takeFromParts(addons) {
  const replacements = {
    'crystal/native.ts': `export const readMoyoWasm = () => new Uint8Array(readPart('symmetry-wasm'));`,
    'planewave/backends/wasm-bytes.native.ts': `export const readPlanewaveWasm = async () => new Uint8Array(readPart('planewave-wasm'));`,
    'planewave/backends/koffi-addons.native.ts': `export const embeddedKoffiAddons = ${JSON.stringify(addons)}.map(({ part, ...addon }) => ({ ...addon, readBrotli: () => readPart(part) }));`,
  };
  return {
    name: 'take-from-parts',
    setup(builder) {
      for (const [file, contents] of Object.entries(replacements)) {
        const filter = new RegExp(`${file.replaceAll('/', '[\\\\/]').replaceAll('.ts', '\\.ts')}$`);
        builder.onLoad({ filter }, () => ({ contents, loader: 'js' }));
      }
    },
  };
}

async function bundle(options) {
  const { outputFiles } = await build({
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
    write: false,
    ...options,
  });
  return outputFiles[0].text;
}

async function loadLayout() {
  const code = await bundle({
    entryPoints: [`${root}kernels/planewave/single-file/file-parts.native.ts`],
    format: 'esm',
  });
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}

const symmetryWasm = () =>
  createRequire(import.meta.url)
    .resolve('@spglib/moyo-wasm')
    .replace(/moyo_wasm\.js$/, 'moyo_wasm_bg.wasm');

const hashOf = (text) => createHash('sha256').update(text).digest('hex');

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernel();
