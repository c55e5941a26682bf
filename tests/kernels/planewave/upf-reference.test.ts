import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PlanewaveInput } from '@/kernels/planewave/schema';
import { runEngine } from './run-engine';

interface Reference {
  file: string;
  input: PlanewaveInput;
  expected: {
    energyHartree: number;
    termsHartree: Record<string, number>;
    forcesHartreePerBohr: number[][];
    stressHartreePerBohr3: number[][];
  };
}

const folder = 'tests/reference/upf';
const { file, input, expected } = JSON.parse(
  readFileSync(`${folder}/silicon-core-correction.json`, 'utf8'),
) as Reference;
const pseudopotentials: PlanewaveInput['pseudopotentials'] = {
  Si: { format: 'upf', text: readFileSync(`${folder}/${file}`, 'utf8') },
};

describe('a UPF pseudopotential with core correction', () => {
  it('gives the energy, terms, forces and stress of pw.x', async () => {
    const output = await runEngine({ ...input, pseudopotentials, forces: true, stress: true });
    expect(Math.abs(output.energyHartree! - expected.energyHartree)).toBeLessThan(1e-7);
    for (const [term, value] of Object.entries(expected.termsHartree))
      expect(Math.abs(output.termsHartree![term as 'hartree'] - value), term).toBeLessThan(2e-6);
    for (const [atom, force] of expected.forcesHartreePerBohr.entries())
      for (const [axis, f] of force.entries())
        expect(Math.abs(output.forcesHartreePerBohr![atom]![axis]! - f)).toBeLessThan(1e-6);
    for (const [a, row] of expected.stressHartreePerBohr3.entries())
      for (const [b, s] of row.entries())
        expect(Math.abs(output.stressHartreePerBohr3![a]![b]! - s)).toBeLessThan(2e-8);
  });

  it('is used with spin, half of the core for each', async () => {
    const spin = { kind: 'collinear', totalMagnetisation: 0 } as const;
    const [plain, both] = [
      await runEngine({ ...input, functional: 'lda-pw92', pseudopotentials }),
      await runEngine({ ...input, functional: 'lda-pw92', pseudopotentials, spin }),
    ];
    expect(Math.abs(plain.energyHartree! - both.energyHartree!)).toBeLessThan(1e-9);
    expect(both.notes.join()).toMatch(/made for/);
  });
});

describe('a cycle that does not converge', () => {
  it('says so with its history and what to try', async () => {
    const output = await runEngine({ ...input, pseudopotentials, scf: { maxIterations: 3 } });
    expect(output.converged).toBe(false);
    expect(output.iterations).toHaveLength(3);
    expect(output.notes.join()).toMatch(/did not converge in 3 iterations: its residual went from .* still falling/);
  });
});
