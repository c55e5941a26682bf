import { KernelError } from '../../core/errors';
import { type Grid, isSmooth } from '../basis/fft-grid';
import type { Lattice, Vector3 } from '../basis/lattice';
import { createPlaneWaves } from '../basis/plane-waves';
import { estimateRun, planeWavesOf, type SizeOfRun } from '../estimate';

export function product([a, b, c]: Grid): number {
  return a * b * c;
}

/** @throws KernelError memory */
export function checkMemory(size: SizeOfRun, memoryBytes: number): void {
  const needed = estimateRun(size).memoryBytes;
  if (needed <= memoryBytes) return;
  const { cutoffHartree, volumeBohr3, gridPoints, bands, kpoints } = size;
  const gigabytes = (bytes: number) => (bytes / 2 ** 30).toPrecision(3);
  throw new KernelError(
    'memory',
    `This calculation needs about ${gigabytes(needed)} GB of memory (cutoff ${cutoffHartree} Ha, cell of ${volumeBohr3.toFixed(0)} bohr^3, ${Math.round(gridPoints)} grid points, ${bands} bands, ${kpoints} k-points); ${gigabytes(memoryBytes)} GB are there. ` +
      `${kpoints > 1 ? 'Take a coarser mesh of k-points, lower' : 'Lower'} the cutoff or take a smaller cell.`,
    { neededBytes: needed, memoryBytes, cutoffHartree, gridPoints, bands, kpoints },
  );
}

/** Fewer plane waves than bands at some k: only tiny cells and cutoffs, where counting them is quick. */
export function checkBasis(
  lattice: Lattice,
  cutoffHartree: number,
  grid: Grid,
  bandCount: number,
  kpoints: readonly { fractional: Vector3 }[],
): void {
  if (planeWavesOf(lattice.volume, cutoffHartree) > 10 * bandCount + 100) return;
  for (const { fractional } of kpoints) {
    const { count } = createPlaneWaves(lattice, fractional, 2 * cutoffHartree, grid);
    if (count >= bandCount) continue;
    throw new KernelError(
      'basis-too-small',
      `At k = (${fractional.map((x) => x.toFixed(3)).join(', ')}) the cutoff ${cutoffHartree} Ha leaves ${count} plane waves for ${bandCount} bands. Raise the cutoff or ask for fewer bands.`,
      { cutoffHartree, planeWaves: count, bandCount },
    );
  }
}

/** @throws KernelError grid-too-coarse, grid-factors */
export function checkGrid(grid: Grid, least: Grid): Grid {
  if (grid.some((n, i) => n < least[i]!)) {
    throw new KernelError(
      'grid-too-coarse',
      `The grid ${grid.join(' x ')} is too coarse for this cutoff: at least ${least.join(' x ')} points are needed.`,
      { grid, least },
    );
  }
  if (!grid.every(isSmooth))
    throw new KernelError('grid-factors', `The grid ${grid.join(' x ')} must have the factors 2, 3 and 5 only.`, {
      grid,
    });
  return grid;
}
