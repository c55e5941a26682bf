/**
 * Builds dist/kernel.mjs: the numerical engines in one file that runs with Node alone. WebAssembly, data and the addon that calls C
 * libraries are inside, and the file starts itself again as its own computing threads. FFTW and OpenBLAS are the machine's, where it has
 * them; onnxruntime is used where its package is installed.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { embedKoffi } from './embed-koffi.mjs';
import { embedWasm } from './embed-wasm.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The symmetry library's WebAssembly goes inside like our own. */
const embedMoyo = {
  name: 'embed-moyo',
  setup(builder) {
    builder.onLoad({ filter: /crystal[\\/]native\.ts$/ }, async () => {
      const wasm = createRequire(import.meta.url)
        .resolve('@spglib/moyo-wasm')
        .replace(/moyo_wasm\.js$/, 'moyo_wasm_bg.wasm');
      const base64 = (await readFile(wasm)).toString('base64');
      return {
        contents: `export const readMoyoWasm = () => new Uint8Array(Buffer.from('${base64}', 'base64'));`,
        loader: 'js',
      };
    });
  },
};

export async function buildKernel(outfile = `${root}dist/kernel.mjs`) {
  await build({
    entryPoints: [`${root}kernels/planewave/main.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['koffi', 'onnxruntime-node'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    plugins: [embedWasm, embedMoyo, embedKoffi],
    logLevel: 'warning',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernel();
