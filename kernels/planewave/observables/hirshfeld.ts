import type { DensityGrid } from '../basis/density-grid';
import { structureFactor } from '../basis/plane-waves';
import type { System } from '../system';

export interface SiteDensity {
  /** Electrons. */
  charge: number;
  /** Electrons up minus down. */
  momentBohrMagneton: number;
}

export interface HirshfeldOptions {
  /** n(r), or n_up(r) and n_down(r), on the grid, bohr^-3. */
  densities: readonly Float64Array[];
  /** Volume of the cell, bohr^3. */
  volume: number;
  /** Valence electrons of every site's neutral atom. */
  electrons: readonly number[];
  /** Density of one site's neutral atom on the grid; the array may be used again for the next. */
  atomicDensity(site: number): Float64Array;
}

/** Below this density of all atoms together, bohr^-3, their shares are ripples of the Fourier series. */
const VACUUM_DENSITY = 1e-7;

/**
 * Electrons and moments of sites: N_a = int n(r) n_a(r)/sum_b n_b(r), with n_a the densities of neutral atoms
 * (F. L. Hirshfeld, Theor. Chim. Acta 44, 129 (1977)). In the vacuum a site has its own n_a, and its part of what the density has
 * more goes by electrons: so the sites hold all electrons together, and superposed neutral atoms exactly their own.
 * Two fields are held besides the densities: every atom's density is asked for twice.
 */
export function hirshfeldSites({ densities, volume, electrons, atomicDensity }: HirshfeldOptions): SiteDensity[] {
  const points = densities[0]!.length;
  const all = new Float64Array(points);
  electrons.forEach((_, site) => {
    const own = atomicDensity(site);
    for (let i = 0; i < points; i++) all[i]! += own[i]!;
  });
  const total = electrons.reduce((sum, count) => sum + count, 0);
  const [up, down] = densities as [Float64Array, Float64Array | undefined];
  return electrons.map((count, site) => {
    const own = atomicDensity(site);
    const share = count / total;
    let charge = 0;
    let moment = 0;
    for (let i = 0; i < points; i++) {
      const n = up[i]! + (down ? down[i]! : 0);
      const m = down ? up[i]! - down[i]! : 0;
      if (all[i]! > VACUUM_DENSITY) {
        const weight = own[i]! / all[i]!;
        charge += weight * n;
        moment += weight * m;
      } else {
        charge += own[i]! + share * (n - all[i]!);
        moment += share * m;
      }
    }
    return { charge: (charge * volume) / points, momentBohrMagneton: (moment * volume) / points };
  });
}

/** Makes each site's atomic density from its species' n(q): n_a(r) = 1/volume sum_G n(|G|) exp(iG(r - tau_a)). */
export function atomicDensitiesOnGrid(
  system: Pick<System, 'positions' | 'speciesOf' | 'lattice'>,
  grid: DensityGrid,
  densityAt: readonly ((q: number) => number)[],
): (site: number) => Float64Array {
  const { waves } = grid;
  const forms = densityAt.map((density) =>
    waves.squares.map((square) => density(Math.sqrt(square)) / system.lattice.volume),
  );
  return (site) => {
    const field = structureFactor(waves, system.positions[site]!);
    const form = forms[system.speciesOf[site]!]!;
    for (let g = 0; g < waves.count; g++) {
      field[2 * g]! *= form[g]!;
      field[2 * g + 1]! *= form[g]!;
    }
    return grid.toReal(field);
  };
}
