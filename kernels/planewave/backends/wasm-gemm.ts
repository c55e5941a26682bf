import type { Op } from './backend';
import type { WasmModule } from './wasm-module';

/** Largest blocks copied into the module, so that its memory stays small whatever the matrices are. */
const BLOCK_ROWS = 1024;
const BLOCK_COLUMNS = 512;
const BLOCK_DEPTH = 1024;

/** C := alpha op(A) op(B) + beta C; shapes as in Backend.gemm. */
export function multiplyInWasm(
  module: WasmModule,
  opA: Op,
  opB: Op,
  m: number,
  n: number,
  k: number,
  A: Float64Array,
  B: Float64Array,
  C: Float64Array,
  alpha: number,
  beta: number,
): void {
  const { functions, memory } = module;
  for (let j = 0; j < n; j += BLOCK_COLUMNS) {
    const columns = Math.min(BLOCK_COLUMNS, n - j);
    for (let i = 0; i < m; i += BLOCK_ROWS) {
      const rows = Math.min(BLOCK_ROWS, m - i);
      const depthMax = Math.min(BLOCK_DEPTH, k);
      memory.begin();
      const a = memory.take(16 * rows * depthMax);
      const b = memory.take(16 * depthMax * columns);
      const c = memory.take(16 * rows * columns);
      const scratch = memory.take(functions.gemmScratchBytes(columns));
      const blockC = { row: i, rows, column: j, columns };
      loadScaled(memory.floats(c, 2 * rows * columns), C, m, blockC, beta);
      for (let p = 0; p < k; p += BLOCK_DEPTH) {
        const depth = Math.min(BLOCK_DEPTH, k - p);
        const blockA = orient(opA, { row: i, rows, column: p, columns: depth });
        const blockB = orient(opB, { row: p, rows: depth, column: j, columns });
        copyBlock(memory.floats(a, 2 * rows * depth), A, opA === 'N' ? m : k, blockA);
        copyBlock(memory.floats(b, 2 * depth * columns), B, opB === 'N' ? k : n, blockB);
        const [conjA, conjB] = [Number(opA === 'C'), Number(opB === 'C')];
        functions.gemm(conjA, conjB, rows, columns, depth, alpha, a, blockA.rows, b, blockB.rows, c, rows, scratch);
      }
      storeBlock(C, memory.floats(c, 2 * rows * columns), m, blockC);
    }
  }
}

interface Block {
  row: number;
  rows: number;
  column: number;
  columns: number;
}

/** The block of the stored matrix that gives this block of op(matrix). */
function orient(op: Op, block: Block): Block {
  if (op === 'N') return block;
  return { row: block.column, rows: block.columns, column: block.row, columns: block.rows };
}

function copyBlock(to: Float64Array, from: Float64Array, leading: number, block: Block): void {
  if (block.rows === leading) {
    to.set(from.subarray(2 * leading * block.column, 2 * leading * (block.column + block.columns)));
    return;
  }
  for (let j = 0; j < block.columns; j++) {
    const start = 2 * ((block.column + j) * leading + block.row);
    to.set(from.subarray(start, start + 2 * block.rows), 2 * block.rows * j);
  }
}

/** to := beta times the block; beta = 0 overwrites whatever stood there, NaN included. */
function loadScaled(to: Float64Array, from: Float64Array, leading: number, block: Block, beta: number): void {
  if (beta === 0) {
    to.fill(0);
    return;
  }
  copyBlock(to, from, leading, block);
  if (beta !== 1) for (let i = 0; i < to.length; i++) to[i]! *= beta;
}

function storeBlock(to: Float64Array, from: Float64Array, leading: number, block: Block): void {
  for (let j = 0; j < block.columns; j++) {
    const start = 2 * ((block.column + j) * leading + block.row);
    to.set(from.subarray(2 * block.rows * j, 2 * block.rows * (j + 1)), start);
  }
}
