import { expect, test } from 'vitest';
import { readStructure } from '@/kernels/crystal/formats/read-structure';
import { elementOfLabel } from '@/kernels/crystal/formats/text';

// Og, which the table of elements does not have, was read as O: oganesson was computed as oxygen.

test('an element beyond the table is refused, not taken for the one its first letter names', () => {
  for (const symbol of ['Og', 'Sg', 'Nh', 'Fl', 'Cn', 'Bh']) expect(elementOfLabel(symbol)).toBeNull();
  for (const label of ['OW2', 'Ow', 'O1', 'NA', 'Na+', 'D']) expect(elementOfLabel(label)).not.toBeNull();
  const poscar = ['oganesson', '1', '4 0 0', '0 4 0', '0 0 4', 'Og', '1', 'Direct', '0 0 0'].join('\n');
  expect(() => readStructure(poscar)).toThrow(/Line 6.*"Og"/);
});
