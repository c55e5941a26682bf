import type { EngineName } from '@/server/schemas/settings';
import type { NamelistName, NamelistValue } from './espresso/input/pw-input';

/** A change of the input with which a program is started again. */
export interface RestartHandler<Change> {
  /** What is changed and why, told to the person. */
  note: string;
  changes: Change[];
}

/** Of the input of pw.x. */
export interface PwChange {
  namelist: NamelistName;
  key: string;
  value: NamelistValue;
}

/** Of the embedded engine's cycle. */
export interface CycleChange {
  mixingFraction: number;
  /** Multiplies the number of iterations. */
  iterations: number;
}

interface Changes {
  espresso: PwChange;
  planewave: CycleChange;
}

/** How often a program is started again in all, whatever the failures. */
export const RESTARTS_MAX = 3;

const set = (namelist: NamelistName, key: string, value: NamelistValue): PwChange => ({ namelist, key, value });

const conjugateGradients: RestartHandler<PwChange> = {
  note: 'Davidson’s diagonalisation failed; it starts again with conjugate gradients, which are slower and sturdier.',
  changes: [set('electrons', 'diagonalization', 'cg')],
};

const lessMixing: RestartHandler<CycleChange> = {
  note: 'The cycle did not converge; it starts again with 0.3 of mixing instead of 0.7, and twice the iterations.',
  changes: [{ mixingFraction: 0.3, iterations: 2 }],
};

const leastMixing: RestartHandler<CycleChange> = {
  note: 'The cycle did not converge; it starts again with 0.1 of mixing, and four times the iterations.',
  changes: [{ mixingFraction: 0.1, iterations: 4 }],
};

/** What is tried against a failure, by the failure's code: each once, in order. Failures that are not named are not tried again. */
export const restartHandlers: { [Name in EngineName]: Record<string, RestartHandler<Changes[Name]>[]> } = {
  espresso: {
    's-matrix': [conjugateGradients],
    diagonalisation: [conjugateGradients],
    'not-converged': [
      {
        note: 'The cycle did not converge; it starts again with less mixing and more iterations.',
        changes: [set('electrons', 'mixing_beta', 0.3), set('electrons', 'electron_maxstep', 200)],
      },
      {
        note: 'The cycle did not converge; it starts again with local Thomas-Fermi screening and a tenth of the mixing.',
        changes: [
          set('electrons', 'mixing_mode', 'local-TF'),
          set('electrons', 'mixing_beta', 0.1),
          set('electrons', 'electron_maxstep', 300),
        ],
      },
    ],
    bravais: [
      {
        note: 'The cell did not fit its lattice; it starts again without symmetry.',
        changes: [set('system', 'nosym', true)],
      },
    ],
    symmetry: [
      {
        note: 'The symmetry could not be used; it starts again without.',
        changes: [set('system', 'nosym', true)],
      },
    ],
    'cell-grew': [
      {
        note: 'The cell grew a lot; it starts again with larger tables.',
        changes: [set('cell', 'cell_factor', 4)],
      },
    ],
  },
  planewave: {
    'not-converged': [lessMixing, leastMixing],
    'scf-stalled': [lessMixing, leastMixing],
    'energy-diverging': [leastMixing],
  },
};
