import { describe, expect, test } from 'vitest';
import { computePattern } from '@/app/diffraction/compute-pattern';
import { linesCsv, linesJson, linesRows, patternText } from '@/app/diffraction/pattern-export';
import { patternFigure } from '@/app/diffraction/pattern-figure';
import type { PatternChoice } from '@/app/diffraction/use-pattern-choice';
import { familiesText, hklText } from '@/app/diffraction/words';
import { examples } from '@/kernels/crystal/examples.data';
import { parseStructure } from '@/kernels/crystal/structure';

const silicon = parseStructure(examples.find(({ id }) => id === 'silicon')!.structure);
const choice: PatternChoice = {
  ...{ anode: 'Cu', shape: 'gaussian', widthDegrees: 0.2, endDegrees: 90 },
  displacementAngstrom2: 0,
};
const { lines } = computePattern(silicon, choice);

describe('indices', () => {
  test('have their minus signs above', () => {
    expect(hklText([1, -1, 0])).toBe('(1 1\u0305 0)');
    expect(hklText([0, -12, 3])).toBe('(0 1\u03052\u0305 3)');
  });

  test('of many families are cut short', () => {
    const family = { hkl: [1, 0, 0] as [number, number, number], multiplicity: 6 };
    expect(familiesText([family, family])).toBe('(1 0 0), (1 0 0)');
    expect(familiesText(Array.from({ length: 6 }, () => family))).toMatch(/and 2 more$/);
  });
});

describe('a pattern', () => {
  test('is exported whole, as it was computed', () => {
    const rows = linesCsv(lines).trim().split('\r\n');
    expect(rows).toHaveLength(lines.length + 1);
    expect(Number(rows[1]!.split(',')[0])).toBe(lines[0]!.twoThetaDegrees);
    const file = JSON.parse(linesJson(lines, choice));
    expect(file).toMatchObject({ anode: 'Cu', rangeDegrees: [5, 90] });
    expect(file.lines).toHaveLength(lines.length);
    expect(linesRows(lines)[0]).toHaveLength(5);
    expect(patternText('Si', lines)).toMatch(/strongest: .* at 28\.4\d° 100/);
  });

  test('is drawn with curve and sticks of one height, and a scan between 0 and 100', () => {
    const measured = { twoThetaDegrees: [10, 20, 30], intensities: [50, 250, 150] };
    const figure = patternFigure({ patterns: [{ name: '<b>Si</b>', lines }], measured, choice }, 'light');
    const [scan, curve, sticks, tops] = figure.data as unknown as { name: string; y: number[]; x: number[] }[];
    expect(scan!.y).toEqual([0, 100, 50]);
    expect(Math.max(...curve!.y)).toBeCloseTo(100, 0);
    expect(Math.max(...sticks!.y)).toBe(100);
    expect(tops!.x).toHaveLength(lines.length);
    expect(curve!.name).not.toContain('<');
  });

  test('that there cannot be is a sentence', () => {
    const molecule = parseStructure({ sites: [{ element: 'O', cartesianAngstrom: [0, 0, 0] }] });
    expect(computePattern(molecule, choice)).toMatchObject({ lines: [], fault: expect.stringMatching(/repeats/) });
  });
});
