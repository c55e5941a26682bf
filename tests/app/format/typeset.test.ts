import { describe, expect, test } from 'vitest';
import {
  formulaText,
  kpointLabelHtml,
  kpointLabelText,
  noteText,
  typesetFormula,
  typesetSpaceGroup,
} from '@/app/format/typeset';

describe('typesetting', () => {
  test('sets the numbers of a formula below the line', () => {
    expect(typesetFormula('LiCoO2')).toEqual([{ text: 'LiCoO' }, { text: '2', isSubscript: true }]);
    expect(typesetFormula('Li0.5CoO2').map((glyph) => glyph.text)).toEqual(['Li', '0.5', 'CoO', '2']);
    expect(formulaText('Li0.5CoO2')).toBe('Li₀.₅CoO₂');
  });
  test('sets screw axes below and inversions with a bar', () => {
    expect(typesetSpaceGroup('P6_3/mmc')).toEqual([
      { text: 'P', isItalic: true },
      { text: '6' },
      { text: '3', isSubscript: true },
      { text: '/' },
      { text: 'mmc', isItalic: true },
    ]);
    expect(typesetSpaceGroup('Fd-3m')).toEqual([
      { text: 'Fd', isItalic: true },
      { text: '3', hasOverbar: true },
      { text: 'm', isItalic: true },
    ]);
    expect(typesetSpaceGroup('P-1').at(-1)).toEqual({ text: '1', hasOverbar: true });
  });
  test('gives k-points their letters', () => {
    expect(kpointLabelHtml('GAMMA')).toBe('Γ');
    expect(kpointLabelHtml('U|K')).toBe('U|K');
    expect(kpointLabelHtml('SIGMA_0|X1')).toBe('Σ<sub>0</sub>|X<sub>1</sub>');
    expect(kpointLabelText('SIGMA_0|X1')).toBe('Σ₀|X₁');
  });
});

test('notes of programs read as the field writes them', () => {
  expect(noteText('its residual went from 3.7e-2 to 1e-10 Ha')).toBe('its residual went from 3.7 × 10⁻² to 10⁻¹⁰ Ha');
  expect(noteText('the grid 20 x 20 x 20 of R-3m at -0.5 GPa')).toBe('the grid 20 × 20 × 20 of R-3m at −0.5 GPa');
  expect(noteText('0.1 electrons/bohr^3, 2 angstrom^2, 1.5 Bohr magnetons')).toBe('0.1 electrons/bohr³, 2 Å², 1.5 μB');
});
