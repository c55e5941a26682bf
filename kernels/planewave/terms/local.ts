import { type PlaneWaves, structureFactor } from '../basis/plane-waves';
import type { Pseudopotential } from '../pseudo/pseudopotential';
import type { System } from '../system';

/**
 * The local potential of the ions, V(G) = 1/volume sum_a V_loc(|G|) exp(-i G tau_a), on the density's plane waves
 * (interleaved, Ha). At G = 0 the Coulomb part is left out (it cancels against Hartree and Ewald) and the limit of the rest stays,
 * as in pw.x; ABINIT and DFTK leave that constant out of eigenvalues.
 */
export function ionicPotential(
  system: System,
  pseudopotentials: readonly Pseudopotential[],
  waves: PlaneWaves,
): Float64Array {
  const out = new Float64Array(2 * waves.count);
  pseudopotentials.forEach((pseudopotential, species) => {
    const form = waves.squares.map(
      (square) =>
        (square < 1e-12 ? pseudopotential.localAtZero : pseudopotential.local(Math.sqrt(square))) /
        system.lattice.volume,
    );
    addAtoms(out, system, species, waves, form);
  });
  return out;
}

/** Superposed densities of the neutral pseudo-atoms, scaled to the cell's number of electrons; interleaved on G, bohr^-3. */
export function superposedDensity(
  system: System,
  densityAt: readonly ((q: number) => number)[],
  waves: PlaneWaves,
): Float64Array {
  const out = new Float64Array(2 * waves.count);
  densityAt.forEach((density, species) => {
    addAtoms(
      out,
      system,
      species,
      waves,
      waves.squares.map((square) => density(Math.sqrt(square)) / system.lattice.volume),
    );
  });
  const zero = waves.squares.findIndex((square) => square < 1e-12);
  const scale = system.electrons / (out[2 * zero]! * system.lattice.volume);
  return out.map((value) => value * scale);
}

function addAtoms(out: Float64Array, system: System, species: number, waves: PlaneWaves, form: Float64Array): void {
  system.speciesOf.forEach((kind, atom) => {
    if (kind !== species) return;
    const phase = structureFactor(waves, system.positions[atom]!);
    for (let g = 0; g < waves.count; g++) {
      out[2 * g]! += form[g]! * phase[2 * g]!;
      out[2 * g + 1]! += form[g]! * phase[2 * g + 1]!;
    }
  });
}
