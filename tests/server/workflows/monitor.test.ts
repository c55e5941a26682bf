import { expect, test } from 'vitest';
import type { Progress } from '@/kernels/core/kernel';
import { resourcesSchema } from '@/server/schemas/settings';
import { Monitor } from '@/server/workflows/job/monitor';

const watch = (monitors: Record<string, unknown>) => new Monitor(resourcesSchema.parse({ monitors }).monitors, 1000);
const scf = (iteration: number, residual: number, energyHartree = -8): Progress => ({
  ...{ kind: 'scf', iteration, residual, energyHartree, threshold: 1e-9, seconds: iteration },
});

test('a cycle that comes no nearer for n iterations is stopped, one that does is not', () => {
  const monitor = watch({ stalledIterations: 5 });
  for (let i = 1; i <= 20; i++) expect(monitor.look([scf(i, 10 ** -i)], i)).toBeNull();
  for (let i = 21; i < 25; i++) expect(monitor.look([scf(i, 1e-3)], i)).toBeNull();
  expect(monitor.look([scf(25, 1e-3)], 25)).toMatchObject({ code: 'scf-stalled' });
});

test('each cycle of a relaxation counts anew', () => {
  const monitor = watch({ stalledIterations: 5 });
  for (let i = 1; i <= 4; i++) expect(monitor.look([scf(i, 10 ** -i)], i)).toBeNull();
  for (let i = 1; i <= 6; i++) expect(monitor.look([scf(i, 10 ** -i)], i)).toBeNull();
});

test('an energy that jumps is stopped once the cycle should have settled, and one that is no number at once', () => {
  const monitor = watch({ energyJumpEv: 100 });
  for (let i = 1; i <= 5; i++) expect(monitor.look([scf(i, 1, -8 * (-1) ** i)], i)).toBeNull();
  expect(monitor.look([scf(6, 1, -8)], 6)).toMatchObject({ code: 'energy-diverging' });
  expect(watch({ energyJumpEv: 100 }).look([scf(1, 1, null as never)], 1)).toMatchObject({ code: 'energy-diverging' });
  expect(watch({}).look([scf(1, 1, null as never)], 1)).toBeNull();
});

test('a job is stopped before its time limit, and by a condition that the person wrote', () => {
  const monitor = watch({ timeShare: 0.9 });
  expect(monitor.look([], 899)).toBeNull();
  expect(monitor.look([], 900)).toMatchObject({ code: 'walltime-short' });
  const own = watch({ condition: 'iteration >= 3 and residual > 1e-2' });
  expect(own.look([scf(1, 1), scf(2, 1)], 1)).toBeNull();
  expect(own.look([scf(3, 1)], 1)).toMatchObject({ code: 'condition-met' });
});

test('a condition that cannot be read is refused with the draft', () => {
  expect(() => resourcesSchema.parse({ monitors: { condition: 'process > 1' } })).toThrow('no number that a job tells');
});
