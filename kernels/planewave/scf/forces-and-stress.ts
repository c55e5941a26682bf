import type { Dispersion } from '../../dispersion/d3';
import type { DensityGrid } from '../basis/density-grid';
import type { GridOperation } from '../basis/fft-grid';
import type { Vector3 } from '../basis/lattice';
import type { Functional } from '../functionals/functional';
import type { OrbitalPool } from '../parallel/orbital-pool';
import type { StartingAtom } from '../pseudo/atomic-orbital';
import type { Pseudopotential } from '../pseudo/pseudopotential';
import type { System } from '../system';
import { coreDerivatives, withCore } from '../terms/core-density';
import { slabNormal } from '../terms/coulomb';
import { exchangeCorrelation } from '../terms/exchange-correlation';
import { hartreeStrain } from '../terms/hartree';
import { formFactorForces, localDerivatives } from '../terms/local';
import { sumChannels } from '../terms/screened-potential';
import { sumTensors, sumVectors, type Tensor, zeroTensor } from '../terms/tensor';
import { orbitalWeights, type ScfResult, type WeightedKpoint } from './run-scf';
import { symmetrizeForces, symmetrizeTensor } from './symmetrize';

export interface ForcesAndStress {
  /** -dF/dR of every atom, Ha/bohr, as derived: their sum is not removed. */
  forces: Vector3[];
  /** (1/volume) dF/dstrain, Ha/bohr^3; null where it was not asked for. */
  stress: Tensor | null;
}

export interface DerivativeOptions {
  system: System;
  functional: Functional;
  grid: DensityGrid;
  pool: OrbitalPool;
  kpoints: readonly WeightedKpoint[];
  operations: readonly GridOperation[];
  pseudopotentials: readonly Pseudopotential[];
  atoms: readonly StartingAtom[];
  scf: ScfResult;
  core: Float64Array | null;
  dispersion: Dispersion | null;
  wantsStress: boolean;
}

/**
 * Derivatives of the free energy F = E - TS by the atoms' places and by strain, at fixed plane waves and grid: occupations need not be
 * derived, since F is stationary in them (Weinert and Davenport, Phys. Rev. B 45, 13709 (1992)). Strain: Nielsen and Martin,
 * Phys. Rev. B 32, 3780 (1985). What the density lacks to self-consistency pulls at the atoms as
 * -int (V_out - V_in) dn_atom/dR (Chan, Bohnen and Ho, Phys. Rev. B 47, 4771 (1993)).
 */
export async function forcesAndStress(options: DerivativeOptions): Promise<ForcesAndStress> {
  const { system, functional, grid, pool, kpoints, operations, scf } = options;
  const { volume } = system.lattice;
  const density = sumChannels(scf.density);
  const orbital = await pool.derivatives(orbitalWeights(scf.occupations, kpoints), {
    forces: true,
    strain: options.wantsStress,
  });
  const local = localDerivatives(system, options.pseudopotentials, grid, density);
  const atomicForms = options.atoms.map(({ densityAt }) =>
    grid.waves.squares.map((square) => densityAt(Math.sqrt(square))),
  );
  const residual = formFactorForces(system, atomicForms, grid.waves, grid.toReciprocal(scf.potentialChange));
  const fields = withCore(scf.density, options.core);
  const xc = exchangeCorrelation(
    functional,
    grid,
    volume,
    { fields, values: grid.allToReal(fields) },
    options.wantsStress,
  );
  const cores = options.core
    ? coreDerivatives(system, options.pseudopotentials, grid.waves, grid.toReciprocal(mean(xc.potentials)))
    : null;
  const forces = symmetrizeForces(
    sumVectors([
      orbital.forces,
      local.forces,
      scf.ewald.forces,
      residual,
      ...(cores ? [cores.forces] : []),
      ...(options.dispersion ? [options.dispersion.forces] : []),
    ]),
    system,
    operations,
  );
  if (!options.wantsStress) return { forces, stress: null };
  const strain = sumTensors([
    orbital.strain,
    local.strain,
    scf.ewald.strain,
    hartreeStrain(grid.coulomb, density, volume),
    xc.strain!,
    ...(cores ? [cores.strain] : []),
    ...(options.dispersion ? [scaled(options.dispersion.stress!, volume)] : []),
  ]);
  const whole = scaled(symmetrizeTensor(strain, system.lattice, operations), 1 / volume);
  return { forces, stress: grid.coulomb.boundaries === 'slab' ? inPlane(whole, slabNormal(system.lattice)) : whole };
}

/** Of a slab only the plane can be strained: the height of its cell is vacuum. */
function inPlane(tensor: Tensor, normal: Vector3): Tensor {
  const out = zeroTensor();
  const P = normal.map((x, a) => normal.map((y, b) => (a === b ? 1 : 0) - x * y));
  for (let a = 0; a < 3; a++)
    for (let b = 0; b < 3; b++)
      for (let c = 0; c < 3; c++) for (let d = 0; d < 3; d++) out[a]![b]! += P[a]![c]! * tensor[c]![d]! * P[d]![b]!;
  return out;
}

const scaled = (tensor: Tensor, by: number) => tensor.map((row) => row.map((x) => x * by)) as Tensor;

function mean(channels: readonly Float64Array[]): Float64Array {
  return sumChannels(channels).map((v) => v / channels.length);
}
