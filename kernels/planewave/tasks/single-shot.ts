import { occupy } from '../scf/occupations';
import { FINAL_RESIDUAL_HARTREE, GUARD_RESIDUAL_HARTREE, guardBands, spinTasks } from '../scf/run-scf';
import type { Session } from '../session';
import { screenedPotential } from '../terms/screened-potential';
import { atomicDensity, type Ground } from './ground-state';

/** Where the input names no smearing: 0.1 eV. */
const DEFAULT_WIDTH_HARTREE = 0.00367;

/**
 * One diagonalisation of the Hamiltonian of superposed neutral atoms, all bands converged; the Fermi level by Gaussian smearing. No energy: the
 * density is not that of its own orbitals. What features for learning are made from (Zadoks, Marrazzo and Marzari,
 * npj Comput. Mater. 10, 263 (2024)).
 */
export async function singleShot(session: Session): Promise<Ground> {
  const { setup, grid, pool, input } = session;
  const { system, kpoints, bandCount } = setup;
  session.phase('bands of superposed atoms');
  const began = performance.now();
  const density = atomicDensity(session);
  const { total } = screenedPotential(setup.functional, grid, system.lattice.volume, density, session.fixed);
  const guards = guardBands(bandCount);
  await pool.assign(spinTasks(kpoints, system.spinChannels), bandCount + guards, guards);
  const solved = await pool.solve({
    potentials: total,
    tolerance: FINAL_RESIDUAL_HARTREE,
    required: bandCount,
    guardTolerance: GUARD_RESIDUAL_HARTREE,
    maxIterations: 200,
  });
  const eigenvalues = Array.from({ length: system.spinChannels }, (_, s) =>
    kpoints.map((_, k) => Array.from(solved[s * kpoints.length + k]!.eigenvalues.subarray(0, bandCount))),
  );
  const occupations = occupy({
    eigenvalues,
    weights: kpoints.map(({ weight }) => weight),
    electrons: system.electrons,
    totalMagnetisation: setup.totalMagnetisation,
    scheme: 'gaussian',
    widthHartree: input.occupations.widthHartree ?? DEFAULT_WIDTH_HARTREE,
  });
  session.timings['single shot'] = (performance.now() - began) / 1000;
  return {
    converged: solved.every(({ converged }) => converged),
    fermiHartree: occupations.fermiHartree,
    fermiSpinHartree: occupations.fermiSpinHartree,
    kpoints,
    eigenvalues,
    occupations: occupations.values,
    potentials: total,
    density,
    scf: null,
  };
}
