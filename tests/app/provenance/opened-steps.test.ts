import { expect, test } from 'vitest';
import { readSteps, writeSteps } from '@/app/provenance/opened-steps';

const a = '01890000-0000-7000-8000-00000000000a';
const b = '01890000-0000-7000-8000-00000000000b';

test('the steps of the graph come back from the address in their order, pages of one node too', () => {
  const steps = [
    { id: a, direction: 'in', isAll: false },
    { id: a, direction: 'in', isAll: false },
    { id: b, direction: 'out', isAll: true },
  ] as const;
  expect(writeSteps(steps)).toBe(`in.${a}~in.${a}~all-out.${b}`);
  expect(readSteps(writeSteps(steps))).toEqual(steps);
});

test('what is no step is left out, and an address does not grow without end', () => {
  expect(readSteps(null)).toEqual([]);
  expect(readSteps(`in.${a}~up.${a}~in.nonsense~~all-in.${b.slice(0, 20)}`)).toEqual([
    { id: a, direction: 'in', isAll: false },
  ]);
  const many = Array.from({ length: 500 }, () => ({ id: a, direction: 'out', isAll: false }) as const);
  expect(writeSteps(many).length).toBeLessThan(3_000);
  expect(readSteps(many.map((one) => writeSteps([one])).join('~'))).toHaveLength(60);
});
