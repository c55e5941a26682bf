import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { systemAvailable } from '@/kernels/planewave/backends/system.native';
import type { PlanewaveInput } from '@/kernels/planewave/schema';
import { isFullRun } from '../../full-run';
import { runEngine } from './run-engine';

interface ScfCase {
  name: string;
  input: PlanewaveInput;
  expected: {
    energyHartree: number;
    termsHartree: Record<string, number>;
    fermiHartree: number;
    forcesHartreePerBohr?: number[][];
    stressHartreePerBohr3?: number[][] | null;
    pressureHartreePerBohr3?: number;
    totalMagnetisation?: number;
    /** Ours: every irreducible k-point of the other engine with its eigenvalues. */
    kpoints?: { fractional: number[]; weight: number; eigenvaluesHartree: number[] }[];
    irreducibleKpoints?: unknown[];
  };
}
interface BandsCase {
  name: string;
  input: PlanewaveInput;
  expected: { eigenvaluesHartree: Record<string, number[]> };
}

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as { cases: (ScfCase | BandsCase)[] };
const own = read('tests/reference/planewave.json').cases as ScfCase[];
const sharedPath = '../shared/reference/planewave/cases.json';
const shared = existsSync(sharedPath) ? read(sharedPath).cases : [];

const backends = ['wasm', 'npm', ...((await systemAvailable()) ? (['system'] as const) : [])] as const;
/** The quick run takes a sample, each case on one back end in turn; the full run takes everything everywhere. */
const quickOwn = new Set([
  'gan-wurtzite-pbesol',
  'tungsten-bcc-methfessel-paxton',
  'molybdenum-disulfide-layer-pz',
  'tin-dioxide-rutile-shifted',
  'cerium-nitride-odd-fermi-dirac',
  'barium-triclinic-odd-cold-quarter-shift',
  'magnesium-hcp-gaussian-shifted',
  'indium-phosphide-weighted-list',
  'aluminium-vacancy-odd-fermi-dirac',
  'oxygen-triclinic-spin-pbesol',
  'hydrogen-chain-antiferromagnetic-pw92',
]);
const quickShared = new Set(['si_pbe/disp', 'al_pbe_mv/scf', 'gaas_pw92/bands', 'fe_bcc_pbe_spin/scf']);
const runs = <C extends { name: string }>(cases: C[], isQuick: (c: C) => boolean) =>
  cases.flatMap((c, i) =>
    backends
      .filter((_, b) => isFullRun || (isQuick(c) && b === i % backends.length))
      .map((backend) => ({ ...c, backend })),
  );

function expectScf(output: Awaited<ReturnType<typeof runEngine>>, { input, expected }: ScfCase) {
  expect(output.converged).toBe(true);
  expect(Math.abs(output.energyHartree! - expected.energyHartree)).toBeLessThan(2e-6);
  for (const [term, value] of Object.entries(expected.termsHartree)) {
    expect(Math.abs(output.termsHartree![term as 'hartree'] - value), term).toBeLessThan(2e-5);
  }
  // Of a fixed magnetisation there are two levels, of which the other engine names none; a smearing too narrow for the gap names no one level.
  const isDefined = input.occupations?.scheme === 'fixed' || Math.abs(expected.termsHartree['smearing'] ?? 0) > 1e-6;
  if (isDefined && !output.fermiSpinHartree)
    expect(Math.abs(output.fermiHartree - expected.fermiHartree)).toBeLessThan(5e-6);
}

const largest = (a: number[][], b: number[][]) =>
  Math.max(...a.flatMap((row, i) => row.map((x, j) => Math.abs(x - b[i]![j]!))));

function expectDerivatives(output: Awaited<ReturnType<typeof runEngine>>, { expected }: ScfCase) {
  const stress = output.stressHartreePerBohr3!;
  expect(largest(output.forcesHartreePerBohr!, expected.forcesHartreePerBohr!)).toBeLessThan(5e-6);
  if (expected.stressHartreePerBohr3) expect(largest(stress, expected.stressHartreePerBohr3)).toBeLessThan(2e-7);
  const pressure = -(stress[0][0] + stress[1][1] + stress[2][2]) / 3;
  expect(Math.abs(pressure - expected.pressureHartreePerBohr3!)).toBeLessThan(2e-7);
  expect(Math.abs((output.totalMagnetisation ?? 0) - expected.totalMagnetisation!)).toBeLessThan(1e-3);
}

describe.each(runs(own, ({ name }) => quickOwn.has(name)))('pw.x on $name ($backend)', (reference) => {
  it('agrees in energy, terms, Fermi level and eigenvalues', async () => {
    const points = reference.expected.kpoints!.map(({ fractional }) => ({
      fractional: fractional as [number, number, number],
    }));
    // The cycle on its mesh, then the other engine's points at fixed density: both are in one output.
    const output = await runEngine({
      ...reference.input,
      backend: reference.backend,
      task: 'bands',
      bands: { kpoints: points, effectiveMasses: false },
      forces: true,
    });
    expectScf(output, reference);
    const { forcesHartreePerBohr, totalMagnetisation } = reference.expected;
    if (forcesHartreePerBohr) expect(largest(output.forcesHartreePerBohr!, forcesHartreePerBohr)).toBeLessThan(5e-6);
    if (totalMagnetisation !== undefined)
      expect(Math.abs((output.totalMagnetisation ?? 0) - totalMagnetisation)).toBeLessThan(1e-3);
    reference.expected.kpoints!.forEach(({ eigenvaluesHartree }, k) => {
      const channels = output.eigenvalues.valuesHartree.map((spin) => spin[k]!);
      const perSpin = eigenvaluesHartree.length / channels.length;
      eigenvaluesHartree.forEach((value, i) => {
        const ours = channels[Math.floor(i / perSpin)]![i % perSpin]!;
        expect(Math.abs(ours - value)).toBeLessThan(5e-6);
      });
    });
  });
});

describe.each(
  runs(
    shared.filter((c): c is ScfCase => c.input.task === 'scf'),
    ({ name }) => quickShared.has(name),
  ),
)('reference $name ($backend)', (reference) => {
  it('agrees in energy, terms, forces, stress, magnetisation and number of k-points', {
    timeout: 600_000,
  }, async () => {
    const output = await runEngine({ ...reference.input, backend: reference.backend, forces: true, stress: true });
    expectScf(output, reference);
    expectDerivatives(output, reference);
    expect(output.eigenvalues.kpoints).toHaveLength(reference.expected.irreducibleKpoints!.length);
  });
});

describe.each(
  runs(
    shared.filter((c): c is BandsCase => c.input.task === 'bands'),
    ({ name }) => quickShared.has(name),
  ),
)('reference $name ($backend)', (reference) => {
  it('agrees in eigenvalues at the named points', async () => {
    const output = await runEngine({ ...reference.input, backend: reference.backend });
    output.eigenvalues.kpoints.forEach(({ label }, k) => {
      const expected = reference.expected.eigenvaluesHartree[label!]!;
      const channels = output.eigenvalues.valuesHartree.map((spin) => spin[k]!);
      // With spin the other engine lists all of up, then all of down; of bands beyond ours it knows nothing here.
      const perSpin = expected.length / channels.length;
      channels.forEach((ours, spin) => {
        const theirs = expected.slice(spin * perSpin, (spin + 1) * perSpin);
        expectCommonBands(ours, theirs);
      });
    });
  });
});

function expectCommonBands(ours: readonly number[], theirs: readonly number[]) {
  // The other engine may have computed more bands than our default, or fewer.
  const common = Math.min(theirs.length, ours.length);
  expect(common).toBeGreaterThanOrEqual(4);
  for (let band = 0; band < common; band++) expect(Math.abs(ours[band]! - theirs[band]!)).toBeLessThan(5e-6);
}

if (shared.length === 0) it.skip('shared reference values are not there', () => {});
