import { copyFileSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { HARTREE_PER_BOHR3_GPA } from '@/kernels/core/constants';
import type { Matrix3 } from '@/kernels/crystal/schema';
import { allowedStrain } from '@/kernels/planewave/relax/coordinates';
import { writePwInput } from '../input/pw-input';
import { readPwInput } from '../input/read-pw-input';
import type { CellFreedom } from './job-file';

/** As in the embedded engine. */
export const MOST_RUNS = 12;
const GPA_PER_KBAR = 0.1;
const GPA_PER_RYDBERG_BOHR3 = HARTREE_PER_BOHR3_GPA / 2;

/** What a finished run of a cell's relaxation leaves for the next: its files, kept under its number. */
export const runFile = (run: number, ending: 'in' | 'out' | 'xml') => `run-${run}.${ending}`;

/** How many runs are behind, counted by what they left. */
export function finishedRuns(): number {
  let runs = 0;
  while (existsSync(runFile(runs + 1, 'xml'))) runs++;
  return runs;
}

/** Keeps what a run left; its last file counts it. */
export function keepRun(run: number, name: string): void {
  for (const ending of ['in', 'out'] as const) copyFileSync(`${name}.${ending}`, runFile(run, ending));
  copyFileSync(`${name}.save/data-file-schema.xml`, 'run.xml');
  renameSync('run.xml', runFile(run, 'xml'));
}

export type Verdict =
  | { kind: 'done' }
  /** Begin again from the last geometry. */
  | { kind: 'again'; input: string; excessGpa: number }
  /** The steps are used up, or it went on too often. */
  | { kind: 'given-up'; excessGpa: number };

/**
 * pw.x keeps its plane waves while the cell changes, so that energy and stress belong together, and ends with the last cell and those that
 * belong to it. Where the stress is then beyond the tolerance the relaxation has to begin again from there, as in the embedded engine.
 * @param text what it read and printed in this run, the `runs`-th
 */
export function judgeRun(text: { input: string; output: string }, runs: number, freedom: CellFreedom): Verdict {
  const input = readPwInput(text.input);
  const { press = 0, press_conv_thr: tolerance = 0.5 } = input.namelists.cell ?? {};
  const end = readEnd(text.output);
  if (!end) return { kind: 'done' };
  const pressureGpa = Number(press) * GPA_PER_KBAR;
  // Printed positive under compression.
  const excess = end.stressGpa.map((row, a) => row.map((s, b) => (a === b ? pressureGpa : 0) - s)) as Matrix3;
  const excessGpa = Math.max(...allowedStrain(freedom, end.cell, excess).flat().map(Math.abs));
  if (excessGpa < Number(tolerance) * GPA_PER_KBAR) return { kind: 'done' };
  const stepsLeft = Number(input.namelists.control?.nstep ?? 50) - end.steps;
  if (stepsLeft < 1 || runs >= MOST_RUNS) return { kind: 'given-up', excessGpa };
  const { system = {}, control = {} } = input.namelists;
  input.namelists.control = { ...control, nstep: stepsLeft, restart_mode: 'from_scratch' };
  // A cell that grew needs the finer of the two grids.
  if ('nr1' in system)
    input.namelists.system = {
      ...system,
      ...Object.fromEntries(end.grid.map((n, i) => [`nr${i + 1}`, Math.max(n, Number(system[`nr${i + 1}`]))])),
    };
  for (const card of input.cards) {
    if (card.name === 'CELL_PARAMETERS') card.lines = end.cell.map((row) => row.map((x) => x.toFixed(9)).join(' '));
    if (card.name === 'ATOMIC_POSITIONS')
      card.lines = card.lines.map((line, site) => {
        const [label, , , , ...kept] = line.split(/\s+/);
        return [label, ...end.positions[site]!, ...kept].join(' ');
      });
  }
  return { kind: 'again', input: writePwInput(input), excessGpa };
}

/** The input of the run that is due: the first one's, or what the last finished run leads to. */
export function dueInput(first: string, freedom: CellFreedom): string {
  const runs = finishedRuns();
  if (runs === 0) return first;
  const [input, output] = (['in', 'out'] as const).map((ending) => readFileSync(runFile(runs, ending), 'utf8'));
  const verdict = judgeRun({ input: input!, output: output! }, runs, freedom);
  return verdict.kind === 'again' ? verdict.input : first;
}

interface End {
  cell: Matrix3;
  /** As printed. */
  positions: string[][];
  stressGpa: number[][];
  grid: number[];
  steps: number;
}

/** What a relaxation of the cell printed at its end; null where it did not come there. */
function readEnd(output: string): End | null {
  const final = output.slice(output.indexOf('Begin final coordinates'));
  const cell = /CELL_PARAMETERS \(angstrom\)\n((?:.*\n){3})/.exec(final)?.[1];
  const positions = /ATOMIC_POSITIONS \(crystal\)\n([\s\S]*?)End final coordinates/.exec(final)?.[1];
  const stress = /total\s+stress .*\n((?:.*\n){3})/.exec(final)?.[1];
  const grid = [...output.matchAll(/Dense\s+grid:.*FFT dimensions:\s*\(\s*(\d+),\s*(\d+),\s*(\d+)\)/g)].at(-1);
  const steps = /bfgs converged in\s+(\d+) scf cycles/.exec(output)?.[1];
  if (!output.includes('Begin final coordinates') || !cell || !positions || !stress || !grid) return null;
  return {
    cell: rowsOf(cell) as unknown as Matrix3,
    positions: positions
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).slice(1, 4)),
    stressGpa: rowsOf(stress).map((row) => row.slice(0, 3).map((s) => s * GPA_PER_RYDBERG_BOHR3)),
    grid: grid.slice(1, 4).map(Number),
    steps: Number(steps ?? 0),
  };
}

const rowsOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
