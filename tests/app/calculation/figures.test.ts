import { expect, test } from 'vitest';
import { bestGap, figuresOf } from '@/app/calculation/figures';
import type { CalculationResults } from '@/server/schemas/calculation';
import { bands, dos } from '../plot/silicon';

test('before the first result everything reads "not computed", and nothing can be copied', () => {
  const figures = figuresOf({ scf: null, properties: {} });
  expect(figures.map(({ shown }) => shown)).toEqual(Array(4).fill('not computed'));
  expect(figures.every(({ full }) => full === null)).toBe(true);
});

test('the gap is the smallest that path or mesh saw, with its kind and place', () => {
  const narrower = { ...dos, gap: { ...dos.gap, gapEv: 0.55 } };
  const results: CalculationResults = { scf: null, properties: { bands, dos: narrower } };
  expect(bestGap(results)?.gapEv).toBe(0.55);
  expect(figuresOf(results)[0]).toEqual({
    name: 'Band gap',
    shown: '0.55\u00a0eV',
    full: '0.55',
    detail: 'indirect, Γ to (0.425, 0, 0.425)',
  });
});

test('of equal gaps the one on the path is told, since its place has a name there', () => {
  const equal = { ...dos, gap: { ...dos.gap, gapEv: bands.gap.gapEv - 5e-4, conduction: null } };
  expect(bestGap({ scf: null, properties: { bands, dos: equal } })).toBe(bands.gap);
});

test('one metal among them makes it a metal', () => {
  const metal = { ...dos, gap: { ...dos.gap, kind: 'metal' as const, gapEv: 0 } };
  expect(figuresOf({ scf: null, properties: { bands, dos: metal } })[0]).toMatchObject({
    shown: 'none',
    detail: 'a metal',
  });
});
