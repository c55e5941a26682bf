import { describe, expect, it } from 'vitest';
import { createLattice } from '@/kernels/planewave/basis/lattice';
import { effectiveMasses, effectiveMassesAlongPath } from '@/kernels/planewave/observables/effective-masses';
import {
  type LabelledPoint,
  type MassEdge,
  planMassLines,
  segmentsOfPath,
} from '@/kernels/planewave/observables/mass-lines';

type Vector3 = [number, number, number];

/** Face-centred cubic with a = 10 bohr: Gamma-X is 2 pi/10 long. */
const { reciprocal } = createLattice([
  [0, 5, 5],
  [5, 0, 5],
  [5, 5, 0],
]);
const cartesian = (f: readonly number[]) =>
  [0, 1, 2].map((x) => f.reduce((sum, value, i) => sum + value * reciprocal[i]![x]!, 0)) as Vector3;

/** Gamma-X-U|K-Gamma-L, n steps a segment. */
function path(n: number): LabelledPoint[] {
  const places: Record<string, Vector3> = {
    G: [0, 0, 0],
    X: [0.5, 0, 0.5],
    U: [0.625, 0.25, 0.625],
    K: [0.375, 0.375, 0.75],
    L: [0.5, 0.5, 0.5],
  };
  const piece = (labels: string[]) =>
    labels.flatMap((label, i) => {
      const end = places[label]!;
      if (i === 0) return [{ fractional: end, label }];
      const start = places[labels[i - 1]!]!;
      return Array.from({ length: n }, (_, s) => ({
        fractional: start.map((x, k) => x + ((s + 1) / n) * (end[k]! - x)) as Vector3,
        ...(s === n - 1 ? { label } : {}),
      }));
    });
  return [...piece(['G', 'X', 'U']), ...piece(['K', 'G', 'L'])];
}

const gamma: Omit<MassEdge, 'edge' | 'band'> = { spin: 0, fractional: [0, 0, 0], label: 'G' };
const square = (f: readonly number[]) => cartesian(f).reduce((sum, x) => sum + x * x, 0);

/** Plans the lines, evaluates the model on them and fits. */
function massesOf(points: LabelledPoint[], edge: MassEdge, bands: (f: readonly number[]) => number[]) {
  const lines = planMassLines(points, segmentsOfPath(points), reciprocal, [edge]);
  return effectiveMasses(
    lines,
    lines.map(({ kpoints }) => kpoints.map(bands)),
  );
}

describe('segments of a path', () => {
  it('lie between labelled points and leave a break out', () => {
    const points = path(4);
    const named = segmentsOfPath(points).map(({ first, last }) => `${points[first]!.label}${points[last]!.label}`);
    expect(named).toEqual(['GX', 'XU', 'KG', 'GL']);
  });
});

describe('effective masses', () => {
  it('of a parabola are its own along every direction that leaves the edge', () => {
    const masses = massesOf(path(20), { ...gamma, edge: 'conduction', band: 1 }, (f) => [
      0,
      0.1 + square(f) / (2 * 0.3),
    ]);
    expect(masses.map(({ towards }) => towards)).toEqual(['X', 'K', 'L']);
    for (const { mass, fitErrorEv, rangePerAngstrom, label, direction } of masses) {
      expect(mass).toBeCloseTo(0.3, 8);
      expect(fitErrorEv).toBeLessThan(1e-9);
      expect(rangePerAngstrom).toBeCloseTo(0.05 / 0.529177, 4);
      expect(label).toBe('G');
      expect(Math.hypot(...direction)).toBeCloseTo(1, 12);
    }
  });

  it('do not depend on the step of the path', () => {
    // A minimum inside Gamma-X, at 0.83 of it, between the points of either path; m = 0.9 along, 0.2 across.
    const place = cartesian([0.83 * 0.5, 0, 0.83 * 0.5]);
    const unit = place.map((x) => x / Math.hypot(...place));
    const band = (f: readonly number[]) => {
      const d = cartesian(f).map((x, i) => x - place[i]!);
      const along = d.reduce((sum, x, i) => sum + x * unit[i]!, 0);
      const across = d.reduce((sum, x) => sum + x * x, 0) - along * along;
      return [-1, along ** 2 / (2 * 0.9) + across / (2 * 0.2) + 0.4 * along ** 3];
    };
    for (const n of [12, 31]) {
      const points = path(n);
      const lowest = points.slice(0, n + 1).reduce((a, b) => (band(b.fractional)[1]! < band(a.fractional)[1]! ? b : a));
      const edge: MassEdge = { edge: 'conduction', spin: 0, band: 1, fractional: lowest.fractional, label: null };
      const masses = massesOf(points, edge, band);
      expect(masses.map(({ towards, mass }) => [towards, mass.toFixed(4)])).toEqual([['X', '0.9000']]);
    }
  });

  it('of a non-parabolic band are those of its edge, over a range that its fit can follow', () => {
    // Kane: E (1 + E/Eg) = k^2/2m, m = 0.06, Eg = 0.03 Ha.
    const gap = 0.03;
    const kane = (f: readonly number[]) => (gap / 2) * (Math.sqrt(1 + (4 * square(f)) / (2 * 0.06 * gap)) - 1);
    const masses = massesOf(path(20), { ...gamma, edge: 'conduction', band: 1 }, (f) => [0, kane(f)]);
    expect(masses).toHaveLength(3);
    for (const { mass, rangePerAngstrom, fitErrorEv } of masses) {
      expect(Math.abs(mass / 0.06 - 1)).toBeLessThan(0.03);
      expect(rangePerAngstrom).toBeLessThan(0.05 / 0.529);
      expect(fitErrorEv).toBeLessThan(0.002);
    }
  });

  it('of a degenerate valence edge are told for each branch', () => {
    // Heavy and light holes, and a third band split off by 0.004 Ha that is no branch of the edge.
    const bands = (f: readonly number[]) => [
      -0.004 - square(f) / (2 * 0.3),
      -square(f) / (2 * 0.1),
      -square(f) / (2 * 0.5),
    ];
    const masses = massesOf(path(20), { ...gamma, edge: 'valence', band: 2 }, (f) => bands(f).sort((a, b) => a - b));
    expect(masses).toHaveLength(6);
    const towardsX = masses.filter(({ towards }) => towards === 'X');
    expect(towardsX.map(({ band }) => band)).toEqual([2, 1]);
    expect(towardsX[0]!.mass).toBeCloseTo(-0.5, 6);
    // The light holes meet the band below within the planned range: only the points before that are used.
    expect(towardsX[1]!.mass).toBeCloseTo(-0.1, 3);
    expect(towardsX[1]!.rangePerAngstrom).toBeLessThan(towardsX[0]!.rangePerAngstrom);
  });

  it('of a flat band are not told', () => {
    expect(massesOf(path(20), { ...gamma, edge: 'conduction', band: 1 }, () => [0, 0.3])).toEqual([]);
  });

  it('at a corner whose k is not its own negative use points beyond the segment', () => {
    const corner: MassEdge = { edge: 'conduction', spin: 1, band: 0, fractional: [0.375, 0.375, 0.75], label: 'K' };
    const lines = planMassLines(path(20), segmentsOfPath(path(20)), reciprocal, [corner]);
    expect(lines).toHaveLength(1);
    expect(lines[0]!.distances[0]).toBe(-0.05);
    expect(lines[0]!.kpoints).toHaveLength(15);
    lines[0]!.kpoints.forEach((k, i) => {
      const distance = Math.hypot(...cartesian(k.map((x, axis) => x - corner.fractional[axis]!)));
      expect(distance).toBeCloseTo(Math.abs(lines[0]!.distances[i]!), 12);
    });
  });

  it('come from the path alone where it is dense', () => {
    const points = path(60);
    const values = points.map(({ fractional }) => [-square(fractional) / 2, 0.1 + square(fractional) / (2 * 0.4)]);
    const masses = effectiveMassesAlongPath(
      points,
      segmentsOfPath(points),
      reciprocal,
      [
        { ...gamma, edge: 'valence', band: 0 },
        { ...gamma, edge: 'conduction', band: 1 },
      ],
      [values],
    );
    expect(masses.map(({ edge, towards, mass }) => [edge, towards, mass.toFixed(5)])).toEqual([
      ['valence', 'X', '-1.00000'],
      ['valence', 'K', '-1.00000'],
      ['valence', 'L', '-1.00000'],
      ['conduction', 'X', '0.40000'],
      ['conduction', 'K', '0.40000'],
      ['conduction', 'L', '0.40000'],
    ]);
  });

  it('are those of the path inside a segment, from both sides', () => {
    const points = path(41);
    const middle = cartesian([0.25, 0, 0.25]);
    const values = points.map(({ fractional }) => [
      cartesian(fractional).reduce((sum, x, i) => sum + (x - middle[i]!) ** 2, 0) / (2 * 0.7),
    ]);
    const lowest = values.slice(0, 42).reduce((best, [e], i) => (e! < values[best]![0]! ? i : best), 0);
    const edge: MassEdge = {
      edge: 'conduction',
      spin: 0,
      band: 0,
      fractional: points[lowest]!.fractional,
      label: null,
    };
    const masses = effectiveMassesAlongPath(points, segmentsOfPath(points), reciprocal, [edge], [values]);
    expect(masses).toHaveLength(1);
    expect(masses[0]!.mass).toBeCloseTo(0.7, 6);
    expect(masses[0]!.towards).toBe('X');
  });
});
