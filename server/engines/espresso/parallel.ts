/** Up to here one process is fastest: starting more costs as much as they save (measured on 2 cores). */
const SERIAL_ATOMS_MAX = 5;

export interface Parallel {
  /** Put before the program. */
  launcher: string[];
  /** Put behind it: pools share the k-points. */
  pools: string[];
}

interface Size {
  atoms: number;
  kpoints: number;
  cores: number;
  isRoot: boolean;
}

/**
 * How a step runs: one process for small cells, else MPI with as many pools as there are k-points for. Pools hardly talk to
 * each other, and so survive a busy core. Never more processes than cores.
 */
export function chooseParallel({ atoms, kpoints, cores, isRoot }: Size): Parallel {
  if (cores < 2 || atoms <= SERIAL_ATOMS_MAX) return { launcher: [], pools: [] };
  const pools = largestDivisor(cores, kpoints);
  const root = isRoot ? ['--allow-run-as-root'] : [];
  // Open MPI counts cores without their threads; ours are counted already. Without binding, two jobs never share a core while others idle.
  const launcher = ['mpirun', ...root, '--oversubscribe', '--bind-to', 'none', '-np', String(cores)];
  return { launcher, pools: pools > 1 ? ['-nk', String(pools)] : [] };
}

/** The largest number of pools that share the processes evenly. */
function largestDivisor(cores: number, kpoints: number): number {
  for (let pools = Math.min(cores, kpoints); pools > 1; pools--) if (cores % pools === 0) return pools;
  return 1;
}
