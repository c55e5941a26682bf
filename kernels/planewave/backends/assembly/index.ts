/** What the module offers. All pointers are byte addresses in its memory, which belongs to the caller from arenaStart() on. */
export { eigh, eighScratchBytes } from './eigh';
export { gemm, gemmScratchBytes } from './gemm';
export { accumulateGrid, multiplyGrid, transformColumns, transformRows } from './grid';
export { accumulateColumns, columnsToGrid, gather, gridToColumns, multiplyColumns, scatter } from './sphere';

export function arenaStart(): usize {
  return __heap_base;
}
