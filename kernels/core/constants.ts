/** Physical constants, CODATA 2018 (Tiesinga et al., Rev. Mod. Phys. 93, 025010 (2021)). */
export const BOHR_ANGSTROM = 0.529177210903;
export const HARTREE_EV = 27.211386245988;
export const RYDBERG_EV = HARTREE_EV / 2;
/** 1 Ha/bohr^3 in GPa. */
export const HARTREE_PER_BOHR3_GPA = 29421.02648438959;
export const EV_PER_ANGSTROM3_GPA = 160.2176634;
/** Unified atomic mass unit in electron masses. */
export const ATOMIC_MASS_UNIT_ELECTRON_MASSES = 1822.888486209;
/** Boltzmann constant in Ha/K. */
export const BOLTZMANN_HARTREE_PER_K = 3.166811563455546e-6;
/** 1 u / angstrom^3 in g/cm^3. */
export const DALTON_PER_ANGSTROM3_GRAM_PER_CM3 = 1.6605390666;
