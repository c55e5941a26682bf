/**
 * What the terms of the Hamiltonian see of a pseudopotential. All in Hartree atomic units; q in 1/bohr.
 * Radial transforms are those of a spherical function f(r) times Y_lm: f(q) = 4 pi int r^2 j_l(qr) f(r) dr.
 */
export interface Pseudopotential {
  readonly element: string;
  /** Name of the entry, or "given" for one that came with the input. */
  readonly name: string;
  /** Charge of the ion, e. */
  readonly valence: number;
  /** V_loc(q) in Ha bohr^3, the Coulomb tail -4 pi Z/q^2 included; q > 0. */
  local(q: number): number;
  /** dV_loc/dq, the Coulomb tail included; q > 0. */
  localSlope(q: number): number;
  /** Limit of V_loc(q) + 4 pi Z/q^2 for q -> 0, Ha bohr^3. */
  readonly localAtZero: number;
  readonly channels: readonly ProjectorChannel[];
  /** Number of electrons of the neutral atom in each valence shell. */
  readonly shells: readonly Shell[];
  /** Density of the core, for exchange and correlation only (non-linear core correction; Louie, Froyen and Cohen, Phys. Rev. B 26, 1738 (1982)). */
  readonly core?: CoreDensity;
}

export interface CoreDensity {
  /** n_core(q), electrons. */
  density(q: number): number;
  densitySlope(q: number): number;
}

/** The projectors of one angular momentum: V_nl = sum_m sum_ij |beta_i Y_lm> D_ij <beta_j Y_lm|. */
export interface ProjectorChannel {
  readonly l: number;
  readonly count: number;
  /** beta_i(q), bohr^(3/2). */
  projector(i: number, q: number): number;
  /** dbeta_i/dq. */
  projectorSlope(i: number, q: number): number;
  /** D_ij in Ha, count x count, row-major. */
  readonly coupling: Float64Array;
}

/** A valence shell of the pseudo-atom: n counts from 1 within each l (the pseudo-orbital with n - 1 nodes). */
export interface Shell {
  readonly l: number;
  readonly n: number;
  readonly electrons: number;
}
