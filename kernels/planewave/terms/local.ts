import type { DensityGrid } from '../basis/density-grid';
import type { Vector3 } from '../basis/lattice';
import { addAtom, type PlaneWaves, structureFactor } from '../basis/plane-waves';
import type { Pseudopotential } from '../pseudo/pseudopotential';
import type { System } from '../system';
import { addToDiagonal, addToTensor, type Tensor, zeroTensor } from './tensor';

/** Width, bohr, with which the ions' Coulomb tail is exchanged for the truncated one: well below any vacuum. */
const TAIL_WIDTH = 1;

/**
 * V_loc of one ion on the density's plane waves, Ha bohr^3. In a repeated cell the Coulomb part is left out at G = 0 (it cancels against
 * Hartree and Ewald) and the limit of the rest stays, as in pw.x; ABINIT and DFTK leave that constant out of eigenvalues. Elsewhere the
 * tail -Z/r ends where the interaction does: V + Z (4 pi/G^2 - v(G)) e^(-G^2 s^2/2), whose second part is zero wherever electrons are.
 */
function localForm({ local, localAtZero, valence }: Pseudopotential, { waves, coulomb }: DensityGrid): Float64Array {
  const isPeriodic = coulomb.boundaries === 'periodic';
  return waves.squares.map((square, g) => {
    if (square < 1e-12)
      return isPeriodic ? localAtZero : localAtZero - valence * (coulomb.kernel[g]! + 2 * Math.PI * TAIL_WIDTH ** 2);
    const bare = local(Math.sqrt(square));
    if (isPeriodic) return bare;
    const decay = Math.exp((-square * TAIL_WIDTH ** 2) / 2);
    return bare + valence * ((4 * Math.PI) / square - coulomb.kernel[g]!) * decay;
  });
}

/** The local potential of the ions, V(G) = 1/volume sum_a V_loc(G) exp(-i G tau_a), on the density's plane waves (interleaved, Ha). */
export function ionicPotential(
  system: System,
  pseudopotentials: readonly Pseudopotential[],
  grid: DensityGrid,
): Float64Array {
  const out = new Float64Array(2 * grid.waves.count);
  pseudopotentials.forEach((pseudopotential, species) => {
    const form = localForm(pseudopotential, grid).map((v) => v / system.lattice.volume);
    addAtoms(out, system, species, grid.waves, form);
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
  grid: DensityGrid,
  density: Float64Array,
): LocalDerivatives {
  const { waves, coulomb } = grid;
  const forms = pseudopotentials.map((pseudopotential) => localForm(pseudopotential, grid));
  const isPeriodic = coulomb.boundaries === 'periodic';
  const strain = strainOfForms(
    system,
    pseudopotentials.map(({ localSlope, valence }) => (q: number) => {
      if (isPeriodic) return localSlope(q);
      const decay = Math.exp((-q * q * TAIL_WIDTH ** 2) / 2);
      return localSlope(q) - valence * 4 * Math.PI * decay * (2 / q ** 3 + TAIL_WIDTH ** 2 / q);
    }),
    waves,
    density,
  );
  if (!isPeriodic) addTruncatedTail(strain, system, grid, density);
  const potential = ionicPotential(system, pseudopotentials, grid);
  let energy = 0;
  for (let i = 0; i < density.length; i++) energy += system.lattice.volume * density[i]! * potential[i]!;
  addToDiagonal(strain, -energy);
  return { forces: formFactorForces(system, forms, waves, density), strain };
}

/** -Z d[v(G) e^(-G^2 s^2/2)]/dstrain of all ions with the electrons. */
function addTruncatedTail(
  strain: Tensor,
  system: System,
  { waves, coulomb }: DensityGrid,
  density: Float64Array,
): void {
  const charges = new Float64Array(2 * waves.count);
  system.species.forEach(({ valence }, species) => {
    addAtoms(charges, system, species, waves, new Float64Array(waves.count).fill(valence));
  });
  for (let g = 0; g < waves.count; g++) {
    const overlap = density[2 * g]! * charges[2 * g]! + density[2 * g + 1]! * charges[2 * g + 1]!;
    const decay = Math.exp((-waves.squares[g]! * TAIL_WIDTH ** 2) / 2);
    const slope = coulomb.strainSlope[g]! + coulomb.kernel[g]! * TAIL_WIDTH ** 2;
    if (waves.squares[g]! > 1e-12) addToTensor(strain, coulomb.strainedPart(g), -overlap * decay * slope);
  }
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
      addAtom(channel, share, forms[species]!, phase);
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
    if (kind === species) addAtom(out, 1, form, structureFactor(waves, system.positions[atom]!));
  });
}
