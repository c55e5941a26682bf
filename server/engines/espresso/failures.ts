import type { Failure } from '@/server/schemas/process';

export interface KnownFailure extends Failure {
  /** In the output, the file CRASH or the standard error. */
  pattern: RegExp;
  /** The results up to here can be read: a calculation that did not converge has a history. */
  isUnconverged?: boolean;
}

/** The failures of pw.x and its companions that are known, the most telling first. */
export const knownFailures: KnownFailure[] = [
  {
    code: 'walltime',
    pattern: /Maximum CPU time exceeded/,
    message: 'The program came near the time limit and stopped itself.',
    advice: 'Copy the calculation and allow more time or more cores.',
  },
  {
    code: 'out-of-memory',
    pattern:
      /Cannot allocate memory|insufficient virtual memory|std::bad_alloc|Allocation would exceed memory|Error allocating|oom-kill|not enough memory|cannot allocate/i,
    message: 'The program asked for more memory than there is.',
    advice: 'Choose a smaller cutoff, mesh or cell, or a computer with more memory.',
  },
  {
    code: 's-matrix',
    pattern: /S matrix not positive definite|problems computing cholesky|Error in routine\s+[cr]diaghg/i,
    message: 'The overlap of the trial orbitals was not positive definite, so that they could not be diagonalised.',
    advice: 'Look for atoms that are nearly on top of each other, and raise the cutoff.',
  },
  {
    code: 'diagonalisation',
    pattern: /too many bands are not converged|c_bands.*not converged.*stopping/i,
    message: 'Too many bands did not converge in the diagonalisation.',
    advice: 'Raise the cutoff, or choose fewer empty bands.',
  },
  {
    code: 'not-converged',
    pattern:
      /convergence NOT achieved after|SCF correction compared to forces is too large|convergence has not been achieved/i,
    message: 'The self-consistent cycle reached its last iteration without converging.',
    advice:
      'Copy the calculation and allow more iterations, or choose a metal’s occupations if the material may be one.',
    isUnconverged: true,
  },
  {
    code: 'relaxation-not-converged',
    pattern: /The maximum number of steps has been reached|bfgs failed after|bfgs history already reset/i,
    message: 'The relaxation ended before the forces were small enough.',
    advice: 'Copy the calculation from the last geometry and allow more steps.',
    isUnconverged: true,
  },
  {
    code: 'bravais',
    pattern:
      /invalid lattice parameters|wrong celldm|lattice vectors? .*not|Bravais lattice .*not|unexpected (bravais|error) .*lattice|symmetry operation .*not allowed for this lattice/i,
    message: 'The program found the cell at odds with its Bravais lattice.',
    advice: 'Bring the cell to its conventional or primitive form, or compute without symmetry.',
  },
  {
    code: 'symmetry',
    pattern:
      /not orthogonal operation|some (of the )?original symmetry operations not satisfied|symmetry operation.*not found|incompatible FFT grid|lattice symmetry.*error|non orthogonal operation/i,
    message: 'The program’s symmetry analysis failed.',
    advice: 'Compute without symmetry, or bring the atoms to their ideal places.',
  },
  {
    code: 'smearing-needed',
    pattern:
      /smearing is needed|The system is metallic, specify occupations|fixed occupations and lsda need tot_magnetization/i,
    message: 'The bands cannot be filled one after the other: this is a metal, or holds an odd number of electrons.',
    advice: 'Copy the calculation and choose a metal’s occupations.',
  },
  {
    code: 'too-few-bands',
    pattern: /too few bands|tot_magnetization.*too large|Not enough bands/i,
    message: 'The bands cannot hold the electrons as they were asked for.',
    advice: 'Choose a metal’s occupations instead of an insulator’s, or more bands.',
  },
  {
    code: 'fermi-level',
    pattern: /cannot bracket Ef|efermi[gt].*internal error/i,
    message: 'No Fermi level was found that fills the bands with the electrons.',
    advice: 'Choose more bands, or a larger width of the smearing.',
  },
  {
    code: 'cell-grew',
    pattern: /larger cell_factor|Not enough space allocated for radial FFT/i,
    message: 'The cell grew beyond what the tables of the program were made for.',
    advice: 'Copy the calculation from the last geometry.',
  },
  {
    code: 'too-many-processes',
    pattern:
      /some (nodes|pools|processors) have no (k-?points|planewaves|plane waves|G-?vectors|bands)|not enough slots available|too many processors/i,
    message: 'The work could not be shared among so many processes.',
    advice: 'Copy the calculation and choose fewer cores.',
  },
  {
    code: 'pseudopotential',
    pattern:
      /read_upf|readpp|pseudo(potential)? file .*not found|conflicting values for igcx|inconsistent DFT read|file type not recognized/i,
    message: 'A pseudopotential could not be read, or was made for another functional.',
    advice: 'Choose another entry or family.',
  },
  {
    code: 'hubbard',
    pattern: /pseudopotential not yet inserted|Hubbard_l|set_Hubbard|no Hubbard wfc|offset_atom_wfc|Hubbard manifold/i,
    message:
      'The Hubbard U could not be applied: the program knows no such shell of that element, or its pseudopotential has none.',
    advice: 'Choose another shell, or a pseudopotential with its orbitals.',
  },
  {
    code: 'bad-input',
    pattern:
      /unrecognized dft|read_namelists|reading namelist|read_cards|bad (line|namelist)|Error in routine (iosys|card_|input)/i,
    message: 'The program refused its input.',
    advice: 'Where the input was edited, put back what the log names.',
  },
  {
    code: 'disk-full',
    pattern: /No space left on device|ENOSPC|error while writing/i,
    message: 'The disk on which the program ran became full.',
    advice: 'Free some space on it, then submit a copy.',
  },
  {
    code: 'crashed',
    pattern: /SIGSEGV|Segmentation fault|SIGFPE|SIGILL|Illegal instruction/,
    message: 'The program crashed.',
    advice: 'The log says more. A build for another machine does so, and so does too little memory for its stack.',
  },
  {
    code: 'not-installed',
    pattern: /(pw|bands|dos|projwfc|pp)\.x: command not found|spawn \S*(\.x|mpirun) ENOENT/,
    message: 'Quantum ESPRESSO is not installed on the computer of the job.',
    advice: 'On Debian: apt-get install quantum-espresso. Or choose the embedded engine.',
  },
];

const killed: KnownFailure = {
  code: 'killed',
  pattern: /^$/,
  message: 'The program was killed from outside, most likely because memory ran out.',
  advice: 'Choose a smaller cutoff, mesh or cell, or a computer with more memory.',
};

/**
 * Which failure a text tells of; `signal` where the program was ended by one. What stands between lines of percent signs is the
 * program's own verdict and counts first: the rest holds names of routines and remarks as well.
 */
export function findFailure(text: string, signal: string | null): KnownFailure | null {
  const said = errorText(text);
  const matching = (words: string) => knownFailures.find(({ pattern }) => pattern.test(words));
  return (said === null ? undefined : matching(said)) ?? matching(text) ?? (signal ? killed : null);
}

/** What a run may tell that ended well: that it did not come where it should. */
export const findShortfall = (text: string): KnownFailure | null =>
  knownFailures.find(
    ({ code, isUnconverged, pattern }) => (isUnconverged || code === 'walltime') && pattern.test(text),
  ) ?? null;

export const failureByCode = (code: string): KnownFailure | null =>
  [...knownFailures, killed].find((known) => known.code === code) ?? null;

/** The program's own words: between its lines of percent signs. */
export function errorText(text: string): string | null {
  const found = /%{20,}\s*\n([\s\S]*?)\n\s*%{20,}/.exec(text);
  return found ? found[1]!.trim().replace(/\s+/g, ' ').slice(0, 300) : null;
}
