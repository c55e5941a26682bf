/** An esbuild plugin that puts the wasm module inside the bundle, in place of the function that reads it from the disk. */
import { readFile } from 'node:fs/promises';
import { buildWasm } from './build-wasm.mjs';

export const embedWasm = {
  name: 'embed-wasm',
  setup(build) {
    build.onLoad({ filter: /planewave[\\/]backends[\\/]wasm-bytes\.native\.ts$/ }, async () => {
      const base64 = (await readFile(await buildWasm())).toString('base64');
      const contents = `export const readPlanewaveWasm = async () => new Uint8Array(Buffer.from('${base64}', 'base64'));`;
      return { contents, loader: 'js' };
    });
  },
};
