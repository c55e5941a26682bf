import { expect, test } from 'vitest';
import { projectStructure } from '@/app/structure/projection';
import { NONE_HIDDEN, toggleElement } from '@/app/structure/view-geometry';
import { parseStructure } from '@/kernels/crystal/structure';

const rocksalt = parseStructure({
  cellAngstrom: [
    [0, 2.1, 2.1],
    [2.1, 0, 2.1],
    [2.1, 2.1, 0],
  ],
  sites: [
    { element: 'Mg', fractional: [0, 0, 0] },
    { element: 'O', fractional: [0.5, 0.5, 0.5] },
  ],
});

test('a hidden element is not drawn, and its bonds are not either', () => {
  const elements = (hidden: ReadonlySet<string>) =>
    new Set(projectStructure(rocksalt, hidden).atoms.map((a) => a.element));
  expect(elements(NONE_HIDDEN)).toEqual(new Set(['Mg', 'O']));
  expect(projectStructure(rocksalt).bonds.length).toBeGreaterThan(0);
  const withoutMagnesium = toggleElement(rocksalt, NONE_HIDDEN, 'Mg');
  expect(elements(withoutMagnesium)).toEqual(new Set(['O']));
  expect(projectStructure(rocksalt, withoutMagnesium).bonds).toEqual([]);
});

test('pressing it again brings it back', () => {
  expect(toggleElement(rocksalt, new Set(['Mg']), 'Mg')).toEqual(NONE_HIDDEN);
});

test('hiding the last element shows all of them', () => {
  expect(toggleElement(rocksalt, new Set(['Mg']), 'O')).toEqual(NONE_HIDDEN);
});
