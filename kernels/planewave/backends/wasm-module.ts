import { WasmMemory, type WasmPages } from './wasm-memory';

/** The functions of assembly/index.ts; pointers are byte addresses. */
export interface WasmFunctions {
  arenaStart(): number;
  transformRows(table: number, data: number, first: number, lineCount: number, scratch: number): void;
  transformColumns(table: number, data: number, area: number, blockCount: number, scratch: number): void;
  scatter(psi: number, positions: number, size: number, work: number, workSize: number): void;
  gather(psi: number, positions: number, size: number, work: number): void;
  multiplyGrid(grid: number, potential: number, points: number): void;
  accumulateGrid(grid: number, weight: number, density: number, points: number): void;
  multiplyColumns(
    inverse: number,
    forward: number,
    work: number,
    planes: number,
    planeCount: number,
    area: number,
    potential: number,
    scratch: number,
  ): void;
  accumulateColumns(
    inverse: number,
    work: number,
    planes: number,
    planeCount: number,
    area: number,
    weight: number,
    density: number,
    scratch: number,
  ): void;
  columnsToGrid(
    inverse: number,
    work: number,
    planes: number,
    planeCount: number,
    area: number,
    grid: number,
    scratch: number,
  ): void;
  gridToColumns(
    forward: number,
    grid: number,
    planes: number,
    planeCount: number,
    area: number,
    work: number,
    scratch: number,
  ): void;
  gemmScratchBytes(n: number): number;
  gemm(
    conjA: number,
    conjB: number,
    m: number,
    n: number,
    k: number,
    alpha: number,
    A: number,
    lda: number,
    B: number,
    ldb: number,
    C: number,
    ldc: number,
    scratch: number,
  ): void;
  eighScratchBytes(n: number): number;
  eigh(n: number, A: number, values: number, vectors: number, scratch: number): number;
}

export interface WasmModule {
  functions: WasmFunctions;
  memory: WasmMemory;
}

/** Neither the DOM nor Node is needed for WebAssembly, only its declaration. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: object };
};

/**
 * A module of its own for each caller: nothing is shared between back ends. It is compiled at once, in a millisecond: asked for
 * asynchronously it would stand behind the optimisation of the symmetry library, a quarter of a second.
 */
export function loadWasmModule(bytes: Uint8Array): WasmModule {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const functions = exports as WasmFunctions & { memory: WasmPages };
  return { functions, memory: new WasmMemory(functions.memory, functions.arenaStart()) };
}
