import { KernelError } from '../../core/errors';
import type { Backend, BackendId } from './backend';
import { createSystemBackend } from './system.native';
import { createWasmBackend } from './wasm';
import { readPlanewaveWasm } from './wasm-bytes.native';

/** Opens the back end asked for; without a wish the system's libraries where they are found, else wasm. */
export async function openBackend(id: BackendId | undefined): Promise<Backend> {
  if (id === 'wasm') return createWasmBackend(await readPlanewaveWasm());
  if (id === undefined) return (await createSystemBackend()) ?? createWasmBackend(await readPlanewaveWasm());
  const backend = id === 'system' ? await createSystemBackend() : null;
  if (backend) return backend;
  throw new KernelError('BACKEND_UNAVAILABLE', missing[id], { backend: id });
}

const missing = {
  system:
    'The "system" back end needs FFTW 3 with its threads library, OpenBLAS and the npm package koffi. Install libfftw3-double3 and libopenblas0 (Debian, Ubuntu) or fftw and openblas (Homebrew), or choose "wasm".',
  npm: 'The "npm" back end needs the npm package onnxruntime-node, which is not installed here. Install it, or choose "wasm".',
} satisfies Record<Exclude<BackendId, 'wasm'>, string>;
