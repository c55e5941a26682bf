import type { Functional } from '../functionals/functional';
import { solvePseudoAtom } from './atom/solve-pseudo-atom';
import type { StartingAtom } from './atomic-orbital';
import { createGthPseudopotential, type GthParameters } from './gth';
import type { Pseudopotential } from './pseudopotential';
import { createUpfAtom, createUpfPseudopotential, type UpfParameters } from './upf';

/** A pseudopotential as plain data: an entry of a family or what was read from a file. */
export type PseudopotentialParameters = GthParameters | UpfParameters;

export function createPseudopotential(parameters: PseudopotentialParameters): Pseudopotential {
  return 'radii' in parameters ? createUpfPseudopotential(parameters) : createGthPseudopotential(parameters);
}

/** Orbitals and density of the neutral atom: from the file where it holds them, else solved for. */
export function createStartingAtom(parameters: PseudopotentialParameters, functional: Functional): StartingAtom {
  return 'radii' in parameters ? createUpfAtom(parameters) : solvePseudoAtom(parameters, functional);
}
