import { expect, test } from 'vitest';
import { HARTREE_PER_BOHR3_GPA } from '@/kernels/core/constants';
import { createRandom } from '@/kernels/core/random';
import { energyOf, fitEquationOfState, pressureOf } from '@/kernels/mechanics/equation-of-state';

/** Silicon, all-electron PBE average of the ACWF verification: angstrom^3, eV/angstrom^3 (Bosoni et al., Nat. Rev. Phys. 6, 45 (2024)). */
const silicon = { volume: 40.914947, energy: -215.3, bulkModulus: 0.552444, bulkModulusDerivative: 4.311785 };
const scales = [0.94, 0.96, 0.98, 1, 1.02, 1.04, 1.06];
const pointsOf = (state: typeof silicon, at = scales) =>
  at.map((scale) => ({ volume: scale * state.volume, energy: energyOf(state, scale * state.volume) }));
const refusal = (points: { volume: number; energy: number }[]) => {
  try {
    return fitEquationOfState(points);
  } catch (err) {
    return (err as { code: string }).code;
  }
};

test('the parameters that made the energies come back, wherever the volumes lie', () => {
  const random = createRandom(5);
  for (let i = 0; i < 50; i++) {
    const state = {
      volume: 5 + 200 * random(),
      energy: -1000 * random(),
      bulkModulus: 0.01 + 3 * random(),
      bulkModulusDerivative: 2.5 + 4 * random(),
    };
    const shift = 0.95 + 0.1 * random();
    const fit = fitEquationOfState(
      pointsOf(
        state,
        scales.map((scale) => scale * shift),
      ),
    );
    expect(fit.volume / state.volume).toBeCloseTo(1, 6);
    expect(fit.bulkModulus / state.bulkModulus).toBeCloseTo(1, 4);
    expect(fit.bulkModulusDerivative).toBeCloseTo(state.bulkModulusDerivative, 2);
    expect(fit.energy).toBeCloseTo(state.energy, 8);
    expect(fit.residual).toBeLessThan(1e-9);
  }
});

test('the pressure is minus the derivative of the energy, and the bulk modulus that of the pressure', () => {
  const { volume, bulkModulus, bulkModulusDerivative } = silicon;
  const h = 1e-4;
  for (const scale of scales) {
    const at = scale * volume;
    const slope = -(energyOf(silicon, at + h) - energyOf(silicon, at - h)) / (2 * h);
    expect(pressureOf(silicon, at)).toBeCloseTo(slope, 7);
  }
  const bulk = (at: number) => (-at * (pressureOf(silicon, at + h) - pressureOf(silicon, at - h))) / (2 * h);
  expect(bulk(volume)).toBeCloseTo(bulkModulus, 7);
  // dB/dP = (dB/dV) / (dP/dV)
  const H = 1e-2;
  const ratio =
    (bulk(volume + H) - bulk(volume - H)) / (pressureOf(silicon, volume + H) - pressureOf(silicon, volume - H));
  expect(ratio).toBeCloseTo(bulkModulusDerivative, 4);
  // In the unit of publications: 88.5 GPa.
  const gpa = (bulkModulus * HARTREE_PER_BOHR3_GPA * 0.529177210903 ** 3) / 27.211386245988;
  expect(gpa).toBeCloseTo(88.51, 2);
});

test('what is no equation of state is refused with the reason', () => {
  expect(refusal(pointsOf(silicon).slice(0, 3))).toBe('few-volumes');
  expect(refusal([...pointsOf(silicon).slice(0, 3), pointsOf(silicon)[0]!])).toBe('few-volumes');
  expect(refusal(pointsOf(silicon).map(({ volume, energy }) => ({ volume, energy: -energy })))).toBe('no-minimum');
  expect(refusal([{ volume: -1, energy: 0 }, ...pointsOf(silicon)])).toBe('bad-volume');
  expect(refusal([{ volume: 40, energy: Number.NaN }, ...pointsOf(silicon)])).toBe('bad-volume');
});
