/** Whole grids: three-dimensional transforms, axis by axis in place, and products. `scratch` holds two buffers (see lines). */
import { BATCH, bufferBytes, transformLines } from './lines';

/** Transforms the contiguous lines that start at the complex numbers first[i] (or line i, where first is 0). */
export function transformRows(table: usize, data: usize, first: usize, lineCount: i32, scratch: usize): void {
  const length = load<i32>(table);
  const other = scratch + bufferBytes(length);
  for (let i = 0; i < lineCount; i++) {
    const start = first ? load<i32>(first + (i << 2)) : i * length;
    const line = data + ((<usize>start) << 4);
    transformLines(table, line, 16, line, 16, 1, scratch, other);
  }
}

/** Transforms, in each of `blockCount` blocks, the lines whose elements stand `area` complex numbers apart. */
export function transformColumns(table: usize, data: usize, area: i32, blockCount: i32, scratch: usize): void {
  const length = load<i32>(table);
  const other = scratch + bufferBytes(length);
  const stride = (<usize>area) << 4;
  for (let block = 0; block < blockCount; block++) {
    for (let i = 0; i < area; i += BATCH) {
      const line = data + ((<usize>i) << 4);
      transformLines(table, line, stride, line, stride, min(BATCH, area - i), scratch, other);
    }
    data += stride * <usize>length;
  }
}

/** grid(r) := potential(r) grid(r), with a real potential. */
export function multiplyGrid(grid: usize, potential: usize, points: i32): void {
  const end = potential + ((<usize>points) << 3);
  for (; potential < end; potential += 8) {
    v128.store(grid, f64x2.mul(v128.load(grid), v128.load64_splat(potential)));
    grid += 16;
  }
}

/** density(r) += weight |grid(r)|^2. */
export function accumulateGrid(grid: usize, weight: f64, density: usize, points: i32): void {
  const end = density + ((<usize>points) << 3);
  for (; density < end; density += 8) {
    const re = load<f64>(grid), im = load<f64>(grid, 8);
    store<f64>(density, load<f64>(density) + weight * (re * re + im * im));
    grid += 16;
  }
}
