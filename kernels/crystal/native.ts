import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The bytes of the symmetry library's WebAssembly module, from where npm put it. */
export function readMoyoWasm(): Uint8Array {
  const entry = createRequire(import.meta.url).resolve('@spglib/moyo-wasm');
  return readFileSync(entry.replace(/moyo_wasm\.js$/, 'moyo_wasm_bg.wasm'));
}
