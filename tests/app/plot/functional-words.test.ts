import { expect, test } from 'vitest';
import { functionalWords } from '@/app/plot/electronic-export';

test('a caption names the functional that was used: the chosen one, it with a dispersion, or the one that a dispersion is', () => {
  expect(functionalWords('pbe')).toBe('PBE');
  expect(functionalWords('pbe', 'd3bj')).toBe('PBE and D3 with Becke–Johnson damping');
  expect(functionalWords('pbe', 'rvv10')).toBe('rVV10');
  expect(functionalWords('pbesol', 'vdw-df2-c09')).toBe('vdW-DF2-C09');
});
