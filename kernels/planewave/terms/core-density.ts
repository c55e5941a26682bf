import { combineRows } from '../../core/rows';
import { addAtom, type PlaneWaves, structureFactor } from '../basis/plane-waves';
import type { Pseudopotential } from '../pseudo/pseudopotential';
import type { System } from '../system';
import { formFactorForces, type LocalDerivatives, strainOfForms } from './local';

/**
 * Density of the frozen cores on the density's plane waves, bohr^-3, for the non-linear core correction (Louie, Froyen and Cohen,
 * Phys. Rev. B 26, 1738 (1982)); null where no pseudopotential has one.
 */
export function coreDensity(
  system: System,
  pseudopotentials: readonly Pseudopotential[],
  waves: PlaneWaves,
): Float64Array | null {
  if (!pseudopotentials.some(({ core }) => core)) return null;
  const out = new Float64Array(2 * waves.count);
  const forms = coreForms(pseudopotentials, waves);
  system.speciesOf.forEach((species, atom) => {
    addAtom(out, 1 / system.lattice.volume, forms[species]!, structureFactor(waves, system.positions[atom]!));
  });
  return out;
}

/** Half the core for each spin: the channels' densities with it, as exchange and correlation take them. */
export function withCore(channels: readonly Float64Array[], core: Float64Array | null): readonly Float64Array[] {
  if (!core) return channels;
  return channels.map((channel) => combineRows(channel, 1 / channels.length, core));
}

/**
 * Derivatives of the exchange-correlation energy by the cores' places and by how their form factors change under strain.
 * @param potential v_xc(G), mean of the spin channels, Ha
 */
export function coreDerivatives(
  system: System,
  pseudopotentials: readonly Pseudopotential[],
  waves: PlaneWaves,
  potential: Float64Array,
): LocalDerivatives {
  return {
    forces: formFactorForces(system, coreForms(pseudopotentials, waves), waves, potential),
    strain: strainOfForms(
      system,
      pseudopotentials.map(
        ({ core }) =>
          (q: number) =>
            core?.densitySlope(q) ?? 0,
      ),
      waves,
      potential,
    ),
  };
}

function coreForms(pseudopotentials: readonly Pseudopotential[], waves: PlaneWaves): Float64Array[] {
  return pseudopotentials.map(({ core }) =>
    waves.squares.map((square) => (core ? core.density(Math.sqrt(square)) : 0)),
  );
}
