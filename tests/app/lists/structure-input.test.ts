import { expect, test } from 'vitest';
import { structureInput } from '@/app/lists/structure-input';

test('symbols apart ask for elements, together for a formula', () => {
  expect(structureInput({ formula: 'Li, Co O', after: [] })).toMatchObject({
    elements: ['Li', 'Co', 'O'],
    formula: null,
  });
  expect(structureInput({ formula: 'Li-O', after: [] })).toMatchObject({ elements: ['Li', 'O'] });
  expect(structureInput({ formula: 'LiCoO2', after: [] })).toMatchObject({ elements: null, formula: 'LiCoO2' });
  expect(structureInput({ formula: 'Si', after: [] })).toMatchObject({ elements: null, formula: 'Si' });
  expect(structureInput({ formula: '', after: ['x'] })).toEqual({ elements: null, formula: null, cursor: 'x' });
});
