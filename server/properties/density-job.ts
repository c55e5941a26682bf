import type { PropertyJob } from './property';

/** The self-consistent job that all properties of a calculation share. */
export const densityJob: PropertyJob = { name: 'scf', title: 'Self-consistent density', task: { kind: 'scf' } };
