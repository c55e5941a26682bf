/** A Hermitian operator on columns of `size` complex numbers: what the eigensolver sees of a Hamiltonian. */
export interface Operator {
  /** Numbers in an orbital. */
  size: number;
  /** Kinetic energy of each plane wave, Ha: the solver preconditions with it. */
  kinetic: Float64Array;
  /** Counts orbitals to which it was applied. */
  applications: number;
  /** out := H psi for a block of orbitals. */
  apply(psi: Float64Array, bandCount: number, out: Float64Array): Promise<void>;
}
