import type { DosResult } from '@/server/schemas/results';

/** The table that dos.x writes: energies in eV, states per eV (up and down), their integral. */
export function readDos(text: string): Pick<DosResult, 'energiesEv' | 'statesPerEv' | 'integratedStates'> {
  const rows = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('#'))
    .map((line) => line.trim().split(/\s+/).map(readFortran));
  const spins = (rows[0]?.length ?? 3) - 2;
  const column = (i: number) => rows.map((row) => row[i]!);
  const statesPerEv = Array.from({ length: spins }, (_, spin) => column(1 + spin));
  const energiesEv = column(0);
  return {
    energiesEv,
    statesPerEv,
    // dos.x integrates both spins together; each is summed here as dos.x does it.
    integratedStates: spins === 1 ? [column(2)] : statesPerEv.map((states) => runningSum(energiesEv, states)),
  };
}

/** Fortran leaves out the letter of an exponent of three digits: 0.123-100. */
export const readFortran = (word: string) => Number(word.replace(/[dD]/, 'e').replace(/(\d)([+-]\d{3})$/, '$1e$2'));

function runningSum(energies: number[], states: number[]): number[] {
  let sum = 0;
  return states.map((value, i) => {
    const step = energies[Math.max(i, 1)]! - energies[Math.max(i, 1) - 1]!;
    sum += value * step;
    return sum;
  });
}
