import { expect, test } from 'vitest';
import { mergeEvents, progressOf } from '@/app/calculation/progress';
import type { ProcessEvent, ProcessEventData } from '@/server/schemas/events';

const event = (number: number, data: ProcessEventData, process = 'scf'): ProcessEvent => ({
  ...{ number, process, data, calculationId: 'c', processId: `id-${process}` },
  at: new Date(0),
});
const scf = (number: number, iteration: number, residual: number, process = 'scf') =>
  event(
    number,
    {
      kind: 'progress',
      progress: { kind: 'scf', iteration, residual, threshold: 1e-9, energyHartree: -7.9, seconds: 1 },
    },
    process,
  );
const kpoint = (number: number, done: number, process: string) =>
  event(number, { kind: 'progress', progress: { kind: 'kpoint', done, total: 60, seconds: 1 } }, process);

test('residuals and the threshold are those of the kernel', () => {
  const { residuals, threshold } = progressOf([scf(1, 1, 0.1), scf(2, 2, 1e-3)]);
  expect(residuals).toEqual([
    { iteration: 1, residual: 0.1 },
    { iteration: 2, residual: 1e-3 },
  ]);
  expect(threshold).toBe(1e-9);
});

test('a job that goes on from its checkpoint keeps what came before it, and repeats nothing', () => {
  const { residuals } = progressOf([
    scf(1, 1, 0.1),
    scf(2, 2, 0.01),
    scf(3, 3, 1e-3),
    scf(4, 2, 0.02),
    scf(5, 3, 2e-3),
  ]);
  expect(residuals.map(({ iteration, residual }) => [iteration, residual])).toEqual([
    [1, 0.1],
    [2, 0.02],
    [3, 2e-3],
  ]);
});

test('a cycle of another job starts over', () => {
  expect(progressOf([scf(1, 1, 0.1), scf(2, 2, 0.01), scf(3, 1, 0.5, 'scf-again')]).residuals).toEqual([
    { iteration: 1, residual: 0.5 },
  ]);
});

test('of k-points each job’s newest count stands', () => {
  const { kpoints } = progressOf([kpoint(1, 5, 'bands-path'), kpoint(2, 3, 'dos-mesh'), kpoint(3, 60, 'bands-path')]);
  expect(kpoints).toEqual([
    { process: 'dos-mesh', done: 3, total: 60 },
    { process: 'bands-path', done: 60, total: 60 },
  ]);
});

test('events that come twice or late are kept once and in order', () => {
  const [a, b, c] = [scf(1, 1, 0.1), scf(2, 2, 0.01), scf(3, 3, 1e-3)];
  expect(mergeEvents([a, c], [b, c])).toEqual([a, b, c]);
  expect(mergeEvents([a], [b, c])).toEqual([a, b, c]);
});
