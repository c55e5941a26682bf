import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../platform';
import { ensurePrograms } from '../../programs';
import { endWorker, type TestWorker } from '../../workflows/workers';
import { compute, hasEspresso, startRealWorker } from './platform';

let platform: TestPlatform;
let worker: TestWorker;
beforeAll(async () => {
  if (!hasEspresso) return;
  await ensurePrograms();
  platform = await startTestPlatform();
  worker = await startRealWorker();
});
afterAll(async () => {
  if (worker) await endWorker(worker, 'SIGTERM');
  await platform?.stop();
});

const fcc = (a: number) => [
  [0, a / 2, a / 2],
  [a / 2, 0, a / 2],
  [a / 2, a / 2, 0],
];
/** Converged further than a person needs, so that what is left is the difference of the engines. */
const tight = { energyToleranceHartreePerAtom: 1e-13, maxIterations: 100 };
const silicon = {
  structure: {
    cellAngstrom: fcc(5.431),
    sites: [
      { element: 'Si', fractional: [0, 0, 0] },
      { element: 'Si', fractional: [0.25, 0.25, 0.25] },
    ],
  },
  properties: { bands: { stepPerAngstrom: 0.3 }, dos: { mesh: [6, 6, 6], stepEv: 0.1 } },
  electronicType: 'insulator',
  functional: 'pbe',
  overrides: { ...tight, cutoffHartree: 15, mesh: [4, 4, 4], gridScale: 1 },
};
const displaced = {
  structure: {
    cellAngstrom: fcc(5.653),
    sites: [
      { element: 'Ga', fractional: [0, 0, 0] },
      { element: 'As', fractional: [0.263, 0.243, 0.271] },
    ],
  },
  properties: { bands: { stepPerAngstrom: 0.6 } },
  electronicType: 'insulator',
  functional: 'lda-pw92',
  overrides: {
    ...tight,
    ...{ cutoffHartree: 20, mesh: [2, 2, 2], fftGrid: [32, 32, 32] },
    pseudopotentialEntries: { Ga: 'GTH-PADE-q3', As: 'GTH-PADE-q5' },
  },
};
const aluminium = {
  structure: { cellAngstrom: fcc(4.05), sites: [{ element: 'Al', fractional: [0, 0, 0] }] },
  properties: { dos: { mesh: [8, 8, 8], stepEv: 0.05, method: 'gaussian', widthEv: 0.3 } },
  electronicType: 'metal',
  functional: 'pbe',
  overrides: { ...tight, cutoffHartree: 12, mesh: [6, 6, 6] },
};

describe.skipIf(!hasEspresso)('the same task by both engines, with the built-in family', () => {
  const both = async (file: object) => {
    const own = await compute(platform.actor, file);
    const other = await compute(platform.actor, { ...file, engine: 'espresso' });
    for (const { state, jobs } of [own, other])
      expect(state, JSON.stringify(jobs.map((job) => [job.name, job.failure]))).toBe('finished');
    return [own.results, other.results] as const;
  };

  test('silicon: energy, gap, bands and density of states', async () => {
    const [own, other] = await both(silicon);
    expect(other.scf!.used.fftGrid).toEqual(own.scf!.used.fftGrid);
    expect(Math.abs(other.scf!.energyEv! - own.scf!.energyEv!)).toBeLessThan(1e-4);
    expect(Math.abs(other.scf!.energyZeroWidthEv! - own.scf!.energyZeroWidthEv!)).toBeLessThan(1e-4);
    for (const [term, value] of Object.entries(own.scf!.termsEv!))
      expect(Math.abs(other.scf!.termsEv![term]! - value), term).toBeLessThan(1e-3);
    const [a, b] = [own.properties.bands!, other.properties.bands!];
    expect(b.gap).toMatchObject({ kind: a.gap.kind, valence: { label: 'Γ' } });
    expect(Math.abs(b.gap.gapEv - a.gap.gapEv)).toBeLessThan(1e-3);
    expect(Math.abs(b.gap.directEv! - a.gap.directEv!)).toBeLessThan(1e-3);
    expect(b.kpoints).toEqual(a.kpoints);
    expect(b.ticks).toEqual(a.ticks);
    for (const [k, energies] of a.energiesEv[0]!.entries())
      for (const [band, energy] of energies.entries())
        expect(Math.abs(b.energiesEv[0]![k]![band]! - energy), `k ${k} band ${band}`).toBeLessThan(1e-3);
    const [d, e] = [own.properties.dos!, other.properties.dos!];
    // Both take linear tetrahedra. The integral up to the gap's middle is the number of electrons.
    const filled = (dos: typeof d) => {
      const middle = dos.gap.valence!.energyEv + dos.gap.gapEv / 2;
      const index = dos.energiesEv.findIndex((energy) => energy > middle);
      return dos.integratedStates[0]![index];
    };
    expect(filled(d)).toBeCloseTo(8, 2);
    expect(filled(e)).toBeCloseTo(8, 2);
  });

  test('displaced gallium arsenide: energy, forces, stress and gap', async () => {
    const [own, other] = await both(displaced);
    expect(Math.abs(other.scf!.energyEv! - own.scf!.energyEv!)).toBeLessThan(1e-4);
    expect(Math.abs(other.properties.bands!.gap.gapEv - own.properties.bands!.gap.gapEv)).toBeLessThan(1e-3);
    const forces = other.scf!.forcesEvPerAngstrom!.flat();
    expect(Math.max(...forces.map(Math.abs))).toBeGreaterThan(0.1);
    for (const [i, force] of own.scf!.forcesEvPerAngstrom!.flat().entries())
      expect(Math.abs(forces[i]! - force)).toBeLessThan(1e-3);
    for (const [i, stress] of own.scf!.stressGpa!.flat().entries())
      expect(Math.abs(other.scf!.stressGpa!.flat()[i]! - stress)).toBeLessThan(0.01);
  });

  test('aluminium: energy, Fermi level and states of a metal', async () => {
    const [own, other] = await both(aluminium);
    expect(Math.abs(other.scf!.energyEv! - own.scf!.energyEv!)).toBeLessThan(1e-4);
    expect(Math.abs(other.scf!.energyZeroWidthEv! - own.scf!.energyZeroWidthEv!)).toBeLessThan(1e-4);
    expect(Math.abs(other.scf!.fermiEv - own.scf!.fermiEv)).toBeLessThan(1e-3);
    const [d, e] = [own.properties.dos!, other.properties.dos!];
    const at = ({ energiesEv, statesPerEv }: typeof d, energyEv: number) => {
      const i = energiesEv.findIndex((energy) => energy > energyEv);
      const [left, right] = [energiesEv[i - 1]!, energiesEv[i]!];
      const share = (energyEv - left) / (right - left);
      return (1 - share) * statesPerEv[0]![i - 1]! + share * statesPerEv[0]![i]!;
    };
    // A standard deviation to both, though neither program takes one.
    for (const energy of [-2, 0, 2].map((x) => x + own.scf!.fermiEv))
      expect(Math.abs(at(e, energy) / at(d, energy) - 1)).toBeLessThan(0.02);
  });
});
