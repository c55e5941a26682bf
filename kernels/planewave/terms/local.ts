import type { Vector3 } from '../basis/lattice';
import { type PlaneWaves, structureFactor } from '../basis/plane-waves';
import type { Pseudopotential } from '../pseudo/pseudopotential';
import type { System } from '../system';
import { addToDiagonal, addToTensor, type Tensor, zeroTensor } from './tensor';

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

export interface LocalDerivatives {
  /** -dE/dR of every atom, Ha/bohr. */
  forces: Vector3[];
  /** dE/dstrain, Ha. */
  strain: Tensor;
}

/** Derivatives of E = volume sum_G conj(n(G)) V(G), the energy of the electrons in the ions' local potential. */
export function localDerivatives(
  system: System,
  pseudopotentials: readonly Pseudopotential[],
  waves: PlaneWaves,
  density: Float64Array,
): LocalDerivatives {
  const forms = pseudopotentials.map((pseudopotential) =>
    waves.squares.map((square) =>
      square < 1e-12 ? pseudopotential.localAtZero : pseudopotential.local(Math.sqrt(square)),
    ),
  );
  const strain = strainOfForms(
    system,
    pseudopotentials.map(({ localSlope }) => localSlope),
    waves,
    density,
  );
  const potential = ionicPotential(system, pseudopotentials, waves);
  let energy = 0;
  for (let i = 0; i < density.length; i++) energy += system.lattice.volume * density[i]! * potential[i]!;
  addToDiagonal(strain, -energy);
  return { forces: formFactorForces(system, forms, waves, density), strain };
}

/** sum_G Re conj(field(G)) sum_a form_a'(G) e^(-iG R_a) (-G_a G_b/G): what form factors contribute as G shrinks under strain. */
export function strainOfForms(
  system: System,
  slopes: readonly ((q: number) => number)[],
  waves: PlaneWaves,
  field: Float64Array,
): Tensor {
  const strain = zeroTensor();
  slopes.forEach((slopeAt, species) => {
    const structure = new Float64Array(2 * waves.count);
    addAtoms(structure, system, species, waves, new Float64Array(waves.count).fill(1));
    for (let g = 0; g < waves.count; g++) {
      if (waves.squares[g]! < 1e-12) continue;
      const q = Math.sqrt(waves.squares[g]!);
      const overlap = field[2 * g]! * structure[2 * g]! + field[2 * g + 1]! * structure[2 * g + 1]!;
      addToTensor(strain, vectorAt(waves, g), (-overlap * slopeAt(q)) / q);
    }
  });
  return strain;
}

/** -d/dR_a of sum_G Re conj(field(G)) sum_a form_a(G) e^(-iG R_a), for every atom. */
export function formFactorForces(
  system: System,
  forms: readonly Float64Array[],
  waves: PlaneWaves,
  field: Float64Array,
): Vector3[] {
  return system.speciesOf.map((species, atom) => {
    const form = forms[species]!;
    const phase = structureFactor(waves, system.positions[atom]!);
    const force: Vector3 = [0, 0, 0];
    for (let g = 0; g < waves.count; g++) {
      const imaginary = field[2 * g]! * phase[2 * g + 1]! - field[2 * g + 1]! * phase[2 * g]!;
      const pull = -form[g]! * imaginary;
      for (let axis = 0; axis < 3; axis++) force[axis]! += pull * waves.vectors[3 * g + axis]!;
    }
    return force;
  });
}

const vectorAt = (waves: PlaneWaves, g: number): Vector3 => [
  waves.vectors[3 * g]!,
  waves.vectors[3 * g + 1]!,
  waves.vectors[3 * g + 2]!,
];

/**
 * Superposed densities of the neutral pseudo-atoms, scaled to the cell's number of electrons: one channel without spin, up and down with it,
 * where each atom's density is divided by its initial moment. Interleaved on G, bohr^-3.
 */
export function superposedDensity(
  system: System,
  densityAt: readonly ((q: number) => number)[],
  waves: PlaneWaves,
): Float64Array[] {
  const { spinChannels, lattice, electrons } = system;
  const channels = Array.from({ length: spinChannels }, () => new Float64Array(2 * waves.count));
  const forms = densityAt.map((density) => waves.squares.map((square) => density(Math.sqrt(square)) / lattice.volume));
  system.speciesOf.forEach((species, atom) => {
    const phase = structureFactor(waves, system.positions[atom]!);
    const polarization = limitedPolarization(system, atom);
    channels.forEach((channel, spin) => {
      const share = spinChannels === 1 ? 1 : (1 + (spin === 0 ? polarization : -polarization)) / 2;
      for (let g = 0; g < waves.count; g++) {
        channel[2 * g]! += share * forms[species]![g]! * phase[2 * g]!;
        channel[2 * g + 1]! += share * forms[species]![g]! * phase[2 * g + 1]!;
      }
    });
  });
  const zero = waves.squares.findIndex((square) => square < 1e-12);
  const scale = electrons / (channels.reduce((sum, channel) => sum + channel[2 * zero]!, 0) * lattice.volume);
  return channels.map((channel) => channel.map((value) => value * scale));
}

/** Moment over valence electrons, within what the electrons can give. */
function limitedPolarization({ initialMoments, species, speciesOf }: System, atom: number): number {
  return Math.max(-1, Math.min(1, (initialMoments[atom] ?? 0) / species[speciesOf[atom]!]!.valence));
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
