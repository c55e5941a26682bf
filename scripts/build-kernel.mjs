/**
 * Builds dist/kernel.mjs: the numerical engines in one file that runs with Node alone. WebAssembly and data are inside, and the file starts
 * itself again as its own computing threads; FFTW, OpenBLAS and onnxruntime are used through packages where those are installed.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
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

export async function buildKernel() {
  await build({
    entryPoints: [`${root}kernels/planewave/main.ts`],
    outfile: `${root}dist/kernel.mjs`,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['koffi', 'onnxruntime-node'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    plugins: [embedWasm, embedMoyo],
    logLevel: 'warning',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernel();
