/**
 * Orbitals on a sphere of plane waves. Only the planes of axis 0 that hold plane waves are kept, one after another
 * (`planes[k]` is the place of plane k on the grid, `area` its size), and the columns along axis 0 are completed in the
 * first-level cache, BATCH at a time: the whole grid is never written unless it is the result.
 */
import { BATCH, bufferBytes, transformBuffer } from './lines';

/** work := 0, then work[positions[i]] := psi[i]. */
export function scatter(psi: usize, positions: usize, size: i32, work: usize, workSize: i32): void {
  const end = work + ((<usize>workSize) << 4);
  for (let p = work; p < end; p += 16) v128.store(p, f64x2.splat(0));
  for (let i = 0; i < size; i++) {
    v128.store(work + ((<usize>load<i32>(positions + (i << 2))) << 4), v128.load(psi + (i << 4)));
  }
}

/** psi[i] := work[positions[i]]. */
export function gather(psi: usize, positions: usize, size: i32, work: usize): void {
  for (let i = 0; i < size; i++) {
    v128.store(psi + (i << 4), v128.load(work + ((<usize>load<i32>(positions + (i << 2))) << 4)));
  }
}

/** Along axis 0: inverse transform, product with the real potential, forward transform. */
export function multiplyColumns(
  inverse: usize, forward: usize, work: usize, planes: usize, planeCount: i32, area: i32, potential: usize, scratch: usize,
): void {
  const length = load<i32>(inverse);
  const other = scratch + bufferBytes(length);
  for (let i = 0; i < area; i += BATCH) {
    const batch = min(BATCH, area - i);
    const column = work + ((<usize>i) << 4);
    fill(column, planes, planeCount, area, batch, scratch, length);
    const real = transformBuffer(inverse, scratch, other, batch);
    let z = real;
    for (let j = 0; j < length; j++) {
      let v = potential + (<usize>(j * area + i) << 3);
      for (let b = 0; b < batch; b++) {
        v128.store(z, f64x2.mul(v128.load(z), v128.load64_splat(v)));
        z += 16;
        v += 8;
      }
    }
    empty(column, planes, planeCount, area, batch, transformBuffer(forward, real, real == scratch ? other : scratch, batch));
  }
}

/** Along axis 0: inverse transform, then density += weight |.|^2. */
export function accumulateColumns(
  inverse: usize, work: usize, planes: usize, planeCount: i32, area: i32, weight: f64, density: usize, scratch: usize,
): void {
  const length = load<i32>(inverse);
  const other = scratch + bufferBytes(length);
  for (let i = 0; i < area; i += BATCH) {
    const batch = min(BATCH, area - i);
    fill(work + ((<usize>i) << 4), planes, planeCount, area, batch, scratch, length);
    let z = transformBuffer(inverse, scratch, other, batch);
    for (let j = 0; j < length; j++) {
      let rho = density + (<usize>(j * area + i) << 3);
      for (let b = 0; b < batch; b++) {
        const re = load<f64>(z), im = load<f64>(z, 8);
        store<f64>(rho, load<f64>(rho) + weight * (re * re + im * im));
        z += 16;
        rho += 8;
      }
    }
  }
}

/** Along axis 0: inverse transform, written to the whole grid. */
export function columnsToGrid(inverse: usize, work: usize, planes: usize, planeCount: i32, area: i32, grid: usize, scratch: usize): void {
  const length = load<i32>(inverse);
  const other = scratch + bufferBytes(length);
  for (let i = 0; i < area; i += BATCH) {
    const batch = min(BATCH, area - i);
    fill(work + ((<usize>i) << 4), planes, planeCount, area, batch, scratch, length);
    const real = transformBuffer(inverse, scratch, other, batch);
    for (let j = 0; j < length; j++) copy(real + (<usize>(j * batch) << 4), grid + (<usize>(j * area + i) << 4), batch);
  }
}

/** Along axis 0: forward transform of the whole grid; the planes that hold plane waves go to work. */
export function gridToColumns(forward: usize, grid: usize, planes: usize, planeCount: i32, area: i32, work: usize, scratch: usize): void {
  const length = load<i32>(forward);
  const other = scratch + bufferBytes(length);
  for (let i = 0; i < area; i += BATCH) {
    const batch = min(BATCH, area - i);
    for (let j = 0; j < length; j++) copy(grid + (<usize>(j * area + i) << 4), scratch + (<usize>(j * batch) << 4), batch);
    empty(work + ((<usize>i) << 4), planes, planeCount, area, batch, transformBuffer(forward, scratch, other, batch));
  }
}

// @ts-ignore: decorator
@inline
function copy(from: usize, to: usize, count: i32): void {
  for (let b = 0; b < count; b++) v128.store(to + (<usize>b << 4), v128.load(from + (<usize>b << 4)));
}

// @ts-ignore: decorator
@inline
function fill(column: usize, planes: usize, planeCount: i32, area: i32, batch: i32, buffer: usize, length: i32): void {
  const end = buffer + (<usize>(length * batch) << 4);
  for (let p = buffer; p < end; p += 16) v128.store(p, f64x2.splat(0));
  for (let k = 0; k < planeCount; k++) {
    copy(column + (<usize>(k * area) << 4), buffer + (<usize>(load<i32>(planes + (k << 2)) * batch) << 4), batch);
  }
}

// @ts-ignore: decorator
@inline
function empty(column: usize, planes: usize, planeCount: i32, area: i32, batch: i32, buffer: usize): void {
  for (let k = 0; k < planeCount; k++) {
    copy(buffer + (<usize>(load<i32>(planes + (k << 2)) * batch) << 4), column + (<usize>(k * area) << 4), batch);
  }
}
