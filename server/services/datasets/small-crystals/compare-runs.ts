import { cellVolume } from '@/kernels/crystal/cell';
import type { Run } from './record';

export interface Compared {
  what: string;
  stored: number | string;
  now: number | string;
  unit: string;
  isSame: boolean;
}

/** What other processors, libraries and compilers may leave: orders below what the thresholds of the runs leave open. */
const TOLERANCE = { energyHartreePerAtom: 1e-6, gapHartree: 1e-5, volumeShare: 1e-4 };

/** The recorded numbers of an entry's runs beside those of the same inputs, run again. */
export function compareRuns(stored: readonly Run[], now: readonly Run[]): Compared[] {
  return stored.flatMap((run, i) => compareRun(run, now[i]!));
}

function compareRun({ name, input, output, failure }: Run, again: Run): Compared[] {
  if (!output || !again.output) {
    const words = [failure?.code ?? 'done', again.failure?.code ?? 'done'] as const;
    return [{ what: `${name}, outcome`, stored: words[0], now: words[1], unit: '', isSame: words[0] === words[1] }];
  }
  const number = (what: string, a: number, b: number, unit: string, tolerance: number): Compared => ({
    ...{ what: `${name}, ${what}`, stored: a, now: b, unit, isSame: Math.abs(a - b) <= tolerance },
  });
  const atoms = input.structure.sites.length;
  const [before, after] = [output, again.output];
  const [energy, energyAgain] = [before.energyZeroWidthHartree, after.energyZeroWidthHartree];
  const volumes = [before, after].map(({ final }) => final && cellVolume(final.cellAngstrom));
  return [
    ...(energy !== null && energyAgain !== null
      ? [number('energy', energy, energyAgain, 'Ha', atoms * TOLERANCE.energyHartreePerAtom)]
      : []),
    number('gap', before.gap.gapHartree, after.gap.gapHartree, 'Ha', TOLERANCE.gapHartree),
    ...(volumes[0] && volumes[1]
      ? [number('volume of the cell', volumes[0], volumes[1], 'Å³', volumes[0] * TOLERANCE.volumeShare)]
      : []),
  ];
}
