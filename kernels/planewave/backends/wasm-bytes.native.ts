import { readFile } from 'node:fs/promises';
import { buildWasm } from '../../../scripts/build-wasm.mjs';

/** The compiled wasm module, built first where it is missing or old. The single-file kernel has these bytes inside instead. */
export async function readPlanewaveWasm(): Promise<Uint8Array> {
  return readFile(await buildWasm());
}
