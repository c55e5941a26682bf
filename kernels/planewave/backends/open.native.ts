import { KernelError } from '../../core/errors';
import type { Backend, BackendId } from './backend';
import { createNpmBackend } from './npm.native';
import { createSystemBackend } from './system.native';
import { createWasmBackend } from './wasm';
import { readPlanewaveWasm } from './wasm-bytes.native';

/**
 * Opens the back end asked for; without a wish the system's libraries where they are found, else wasm.
 * Throws BACKEND_UNAVAILABLE, saying what to install, where the one asked for is not on this machine.
 */
export async function openBackend(id: BackendId | undefined): Promise<Backend> {
  const backend = await open[id ?? 'system']();
  if (backend) return backend;
  if (id === undefined) return open.wasm();
  throw new KernelError('BACKEND_UNAVAILABLE', missing[id], { backend: id });
}

const open = {
  wasm: async () => createWasmBackend(await readPlanewaveWasm()),
  npm: async () => createNpmBackend(await readPlanewaveWasm()),
  system: async () => createSystemBackend(await readPlanewaveWasm()),
} satisfies Record<BackendId, () => Promise<Backend | null>>;

const missing = {
  wasm: 'The "wasm" back end needs a JavaScript host with WebAssembly and 128-bit vectors: Node 20 or newer.',
  npm: 'The "npm" back end needs the npm package onnxruntime-node, which is not installed here. Install it, or choose "wasm".',
  system:
    'The "system" back end needs FFTW 3 with its threads library and OpenBLAS, and the npm package koffi where this kernel was not built for the machine. Install libfftw3-double3 and libopenblas0 (Debian, Ubuntu) or fftw and openblas (Homebrew), or choose "wasm".',
} satisfies Record<BackendId, string>;
