import { describe, expect, it, test } from 'vitest';
import { createRandom } from '@/kernels/core/random';
import { examples } from '@/kernels/crystal/examples.data';
import type { Matrix3, Structure } from '@/kernels/crystal/schema';
import { parseStructure } from '@/kernels/crystal/structure';
import { findLines } from '@/kernels/diffraction/find-lines';
import { patternScore } from '@/kernels/diffraction/pattern-score';
import { powderPattern } from '@/kernels/diffraction/powder-pattern';
import { drawProfile } from '@/kernels/diffraction/profile';
import { readMeasured } from '@/kernels/diffraction/read-measured';
import { lineShapes, type MeasuredPattern } from '@/kernels/diffraction/schema';
import { strongLines, visibleLines } from '@/kernels/diffraction/strong-lines';
import { kAlphaAngstrom } from '@/kernels/diffraction/wavelengths';
import { inCell, skewRows } from '../crystal/support';

const scan = { wavelengthAngstrom: kAlphaAngstrom('Cu'), rangeDegrees: [10, 80] as const };
const line = (twoThetaDegrees: number, intensity: number) => ({
  twoThetaDegrees,
  intensity,
  spacingAngstrom: 1,
  families: [],
});

describe('a drawn line', () => {
  test.each(lineShapes)('is as high as its stick and as wide as asked: %s', (shape) => {
    for (const widthDegrees of [0.1, 0.4, 2]) {
      const { twoThetaDegrees, intensities } = drawProfile([line(40, 60)], {
        ...{ shape, widthDegrees },
        rangeDegrees: [20, 60],
      });
      expect(Math.max(...intensities)).toBeCloseTo(60, 1);
      const above = Array.from(twoThetaDegrees).filter((_, i) => intensities[i]! >= 30);
      expect(Math.abs(above.at(-1)! - above[0]! - widthDegrees)).toBeLessThan(widthDegrees / 4);
    }
  });

  it('adds up with its neighbours', () => {
    const options = { shape: 'gaussian', widthDegrees: 0.5, rangeDegrees: [30, 50] } as const;
    const both = drawProfile([line(40, 50), line(40.2, 30)], options).intensities;
    const [first, second] = [line(40, 50), line(40.2, 30)].map((one) => drawProfile([one], options).intensities);
    for (const [i, value] of both.entries()) expect(value).toBeCloseTo(first![i]! + second![i]!, 10);
  });
});

describe('a scan from text', () => {
  const points = Array.from({ length: 40 }, (_, i) => [10 + i / 2, 100 + i] as const);
  const written = (row: (angle: number, counts: number) => string) => points.map(([a, c]) => row(a, c)).join('\n');
  test.each([
    ['blanks', written((a, c) => `  ${a.toFixed(2)}   ${c}.0`)],
    ['tabs and three columns', written((a, c) => `${a}\t${c}\t1.5`)],
    ['commas and a heading', `2theta,counts\n${written((a, c) => `${a},${c}`)}`],
    ['commas with blanks', written((a, c) => `${a}, ${c}`)],
    ['semicolons and decimal commas', written((a, c) => `${String(a).replace('.', ',')};${c},0`)],
    ['decimal commas', written((a, c) => `${a.toFixed(2).replace('.', ',')} ${c},00`)],
    [
      'comments and Windows line ends',
      `# made by\n; nothing\n'old'\n${written((a, c) => `${a} ${c}e0`)}`.replaceAll('\n', '\r\n'),
    ],
  ])('with %s is read', (_, text) => {
    const { twoThetaDegrees, intensities } = readMeasured(text);
    expect(twoThetaDegrees).toEqual(points.map(([angle]) => angle));
    expect(intensities).toEqual(points.map(([, counts]) => counts));
  });

  it('is put in order, and equal angles are averaged', () => {
    const { twoThetaDegrees, intensities } = readMeasured(
      [...points]
        .reverse()
        .concat([[10, 300]])
        .map((point) => point.join(' '))
        .join('\n'),
    );
    expect(twoThetaDegrees[0]).toBe(10);
    expect(intensities[0]).toBe(200);
    expect(twoThetaDegrees).toHaveLength(points.length);
  });

  test.each([
    ['', /0 lines/],
    ['a picture\u0000\u0001', /0 lines/],
    ['1 2\n3 4', /2 lines/],
    [points.map(([, c]) => `20 ${c}`).join('\n'), /different angles/],
    [points.map(([a]) => `${a} 0`).join('\n'), /Nothing was counted/],
    ['1 1\n'.repeat(200_002), /more than 200000 points/],
    [points.map(([a]) => `${a + 200} 5`).join('\n'), /0 lines/],
    [points.map(([a]) => `${a} 1e400`).join('\n'), /0 lines/],
  ])('that is none is refused in words', (text, expected) => {
    expect(() => readMeasured(text)).toThrow(expected);
  });
});

const crystals = Object.fromEntries(
  examples
    .map(({ id, structure }) => [id, parseStructure(structure)] as const)
    .filter(([, s]) => s.periodic.every(Boolean)),
);

/** What a diffractometer would have written: lines on a sloping background, counted with Poisson's noise. */
function measure(structure: Structure, seed: number): MeasuredPattern {
  const random = createRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const { twoThetaDegrees, intensities } = drawProfile(powderPattern(structure, scan), {
    ...{ shape: 'pseudo-voigt', widthDegrees: 0.2 },
    rangeDegrees: scan.rangeDegrees,
  });
  const counts = Array.from(intensities, (y, i) => 40 * y + 300 * Math.exp(-(twoThetaDegrees[i]! - 10) / 20) + 80);
  return {
    twoThetaDegrees: [...twoThetaDegrees],
    intensities: counts.map((n) => Math.round(n + Math.sqrt(n) * normal())),
  };
}

const scaled = (structure: Structure, by: number): Structure => ({
  ...structure,
  cellAngstrom: structure.cellAngstrom!.map((row) => row.map((x) => by * x)) as Matrix3,
});

function seenLines(structure: Structure, seed: number) {
  const lines = findLines(measure(structure, seed));
  const { wavelengthAngstrom } = scan;
  const logs = lines.map(({ twoThetaDegrees, intensity }) => ({
    log: Math.log(wavelengthAngstrom / (2 * Math.sin((twoThetaDegrees * Math.PI) / 360))),
    weight: Math.sqrt(intensity),
  }));
  logs.sort((a, b) => a.log - b.log);
  return { logSpacings: logs.map(({ log }) => log), weights: logs.map(({ weight }) => weight) };
}

describe('the lines of a scan', () => {
  it('are found where they are, however the background slopes', () => {
    const expected = powderPattern(crystals['silicon']!, scan);
    const found = findLines(measure(crystals['silicon']!, 1));
    expect(found).toHaveLength(expected.length);
    found.forEach(({ twoThetaDegrees, intensity }, i) => {
      expect(Math.abs(twoThetaDegrees - expected[i]!.twoThetaDegrees)).toBeLessThan(0.02);
      expect(Math.abs(intensity - expected[i]!.intensity)).toBeLessThan(4);
    });
  });

  it('are none where there is only noise', () => {
    const random = createRandom(2);
    const twoThetaDegrees = Array.from({ length: 3000 }, (_, i) => 10 + i / 40);
    const intensities = twoThetaDegrees.map(() => 400 + 20 * (random() + random() + random() - 1.5) * 2);
    expect(findLines({ twoThetaDegrees, intensities }).length).toBeLessThan(3);
  });
});

describe('the score', () => {
  const candidates = Object.entries(crystals).map(([id, structure]) => ({
    id,
    lines: visibleLines(strongLines(structure), scan),
  }));

  it('is one for equal patterns, zero for those that share nothing, and the same both ways', () => {
    const a = { logSpacings: [0.1, 0.4, 0.9], weights: [3, 1, 2] };
    const b = { logSpacings: [0.25, 0.7], weights: [1, 1] };
    expect(patternScore(a, a)).toEqual({ score: 1, scale: 1 });
    expect(patternScore(a, b).score).toBeLessThan(1e-6);
    expect(patternScore(a, { logSpacings: [], weights: [] }).score).toBe(0);
    expect(patternScore(b, { logSpacings: [0.251, 0.9], weights: [1, 1] }).score).toBeCloseTo(
      patternScore({ logSpacings: [0.251, 0.9], weights: [1, 1] }, b).score,
      10,
    );
  });

  it('does not depend on the cell', () => {
    const salt = crystals['sodium-chloride'] ?? Object.values(crystals)[3]!;
    const [one, other] = [strongLines(salt), strongLines(inCell(salt, skewRows))];
    expect(other.logSpacings).toHaveLength(one.logSpacings.length);
    for (const [i, strength] of one.strengths.entries()) expect(other.strengths[i]).toBeCloseTo(strength, 5);
  });

  // A crystal whose twin in the list differs only in elements of one row is not told apart by its lines alone.
  test.each(Object.keys(crystals))('of a scan of %s is highest for it among all, also when it is 1 % larger', (id) => {
    for (const size of [1, 1.01]) {
      const seen = seenLines(scaled(crystals[id]!, size), 5);
      const ranked = candidates
        .map(({ id: name, lines }) => ({ name, ...patternScore(seen, lines) }))
        .sort((a, b) => b.score - a.score);
      const place = ranked.findIndex(({ name }) => name === id);
      expect(ranked[place]!.score).toBeGreaterThan(0.85);
      expect(place).toBeLessThan(3);
      expect(Math.abs(ranked[place]!.scale - size)).toBeLessThan(0.005);
    }
  });
});
