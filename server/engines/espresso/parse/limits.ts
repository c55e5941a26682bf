import type { Structure } from '@/kernels/crystal/schema';
import { boundariesOf } from '../../boundaries';
import type { PwRun } from './pw-xml';

const SPINORS =
  'With spin-orbit coupling the states are spinors: bands have no spin of their own, the magnetisation is the length of its vector, and weights of orbitals, densities of states by orbital, spin densities and the moments of single sites are not given.';
const REPEATED =
  'The cell is repeated in all three directions; images in the directions without periodicity see each other.';
const DISPERSION_IMAGES =
  'The dispersion is that of repeated cells: pw.x has no other. In ten angstrom of vacuum its images change the energy of a layer by about 1e-5 Ha.';

/** What a run of pw.x leaves out or takes in besides, as sentences for the report. */
export function limitsOf(run: PwRun, structure: Structure): string[] {
  const isAlone = boundariesOf(structure) !== 'periodic';
  return [
    ...(run.isNoncollinear ? [SPINORS] : []),
    ...(!isAlone && structure.periodic.includes(false) ? [REPEATED] : []),
    ...(isAlone && run.terms.dispersion !== 0 ? [DISPERSION_IMAGES] : []),
  ];
}
