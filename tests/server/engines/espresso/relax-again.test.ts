import { expect, test } from 'vitest';
import { readPwInput } from '@/server/engines/espresso/input/read-pw-input';
import type { CellFreedom } from '@/server/engines/espresso/job/job-file';
import { judgeRun } from '@/server/engines/espresso/job/relax-again';

const input = (press: number) => `&CONTROL
  calculation = 'vc-relax'
  nstep = 20
  restart_mode = 'restart'
/
&SYSTEM
  nr1 = 18
  nr2 = 18
  nr3 = 40
/
&CELL
  press = ${press}
  press_conv_thr = 0.5
/
CELL_PARAMETERS angstrom
2.5 0 0
0 2.5 0
0 0 8
ATOMIC_POSITIONS crystal
B1 0 0 0.1 0 0 1
N 0.5 0.5 0.2
`;
/** What pw.x 6.7 prints at the end of a relaxation of the cell, with the stress of the last cycle in Ry/bohr^3. */
const output = (x: number, y: number, z: number) => `
     Dense  grid:    12665 G-vectors     FFT dimensions: (  18,  18,  40)
     bfgs converged in   7 scf cycles and   6 bfgs steps
Begin final coordinates
     new unit-cell volume =    300.00000 a.u.^3 (    44.45554 Ang^3 )
CELL_PARAMETERS (angstrom)
   2.600000000   0.000000000   0.000000000
   0.000000000   2.600000000   0.000000000
   0.000000000   0.000000000   8.000000000

ATOMIC_POSITIONS (crystal)
B1            0.0000000000        0.0000000000        0.1100000000    0   0   1
N             0.5000000000        0.5000000000        0.2100000000
End final coordinates
     Dense  grid:    13665 G-vectors     FFT dimensions: (  20,  20,  36)
          total   stress  (Ry/bohr**3)                   (kbar)     P=       12.50
  ${x.toFixed(8)}   0.00000000   0.00000000           14.71        0.00        0.00
   0.00000000  ${y.toFixed(8)}   0.00000000            0.00       14.71        0.00
   0.00000000   0.00000000  ${z.toFixed(8)}            0.00        0.00       14.71

`;
const free: CellFreedom = { cell: 'full', fixedCellAxes: [false, false, false] };
const KBAR = 1 / 147105;
const judge = (kbar: [number, number, number], freedom = free, press = 0, runs = 1) =>
  judgeRun({ input: input(press), output: output(...(kbar.map((p) => p * KBAR) as typeof kbar)) }, runs, freedom);

test('a cell whose stress is small with its own plane waves is done; another begins again from where it stands', () => {
  expect(judge([0.4, -0.4, 0.3])).toEqual({ kind: 'done' });
  const verdict = judge([1, 1, 1]);
  expect(verdict).toMatchObject({ kind: 'again', excessGpa: expect.closeTo(0.1, 3) });
  const { namelists, cards } = readPwInput((verdict as { input: string }).input);
  // Seven of twenty steps are used; the finer of both grids holds every plane wave.
  expect(namelists.control).toMatchObject({ nstep: 13, restart_mode: 'from_scratch' });
  expect(namelists.system).toMatchObject({ nr1: 20, nr2: 20, nr3: 40 });
  expect(cards[0]!.lines[0]).toBe('2.600000000 0.000000000 0.000000000');
  expect(cards[1]!.lines).toEqual([
    'B1 0.0000000000 0.0000000000 0.1100000000 0 0 1',
    'N 0.5000000000 0.5000000000 0.2100000000',
  ]);
});

test('only the stress counts that the cell may follow, from the pressure that was asked for', () => {
  expect(judge([20, 20, 20], free, 20)).toEqual({ kind: 'done' });
  expect(judge([0, 0, 50], { cell: 'full', fixedCellAxes: [false, false, true] })).toEqual({ kind: 'done' });
  expect(judge([3, -3, 0], { cell: 'volume', fixedCellAxes: [false, false, false] })).toEqual({ kind: 'done' });
  expect(judge([3, -3, 0])).toMatchObject({ kind: 'again' });
});

test('it ends after twelve runs, and where pw.x did not come to its end', () => {
  expect(judge([3, 3, 3], free, 0, 12)).toMatchObject({ kind: 'given-up' });
  expect(judgeRun({ input: input(0), output: 'killed' }, 1, free)).toEqual({ kind: 'done' });
});
