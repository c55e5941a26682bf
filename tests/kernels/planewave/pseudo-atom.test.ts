import { describe, expect, it } from 'vitest';
import { functionalsById } from '@/kernels/planewave/functionals/functional';
import { solvePseudoAtom } from '@/kernels/planewave/pseudo/atom/solve-pseudo-atom';
import { radialTransforms } from '@/kernels/planewave/pseudo/atomic-orbital';
import { electronsByAngularMomentum } from '@/kernels/planewave/pseudo/configurations';
import { familyEntry } from '@/kernels/planewave/pseudo/family';
import { gthFamily } from '@/kernels/planewave/pseudo/gth-family.data';
import { kineticTails } from '@/kernels/planewave/pseudo/kinetic-tail';
import { parseAbinitGth } from '@/kernels/planewave/pseudo/parse-abinit-gth';

describe('pseudo-atom', () => {
  it.each(['Si', 'O', 'Fe', 'Cs'])('of %s holds its electrons and normalised orbitals', (element) => {
    const entry = familyEntry(element, functionalsById.pbe);
    const atom = solvePseudoAtom(entry, functionalsById.pbe);
    expect(atom.densityAt(0)).toBeCloseTo(entry.valence, 6);
    for (const orbital of atom.orbitals) {
      const squares = Float64Array.from({ length: 6000 }, (_, i) => (0.005 + 0.01 * i) ** 2);
      const norm = radialTransforms(orbital, squares).reduce((sum, R, i) => sum + R * R * squares[i]! * 0.01, 0);
      expect(norm / (2 * Math.PI) ** 3).toBeCloseTo(1, 4);
    }
  });

  it('gives the all-electron valence eigenvalues, as norm conservation requires', () => {
    // NIST atomic reference data (LDA, Kotochigova et al., Phys. Rev. A 55, 191 (1997)): Si 3s -0.398139, 3p -0.153293 Ha.
    const [s, p] = solvePseudoAtom(
      familyEntry('Si', functionalsById['lda-pw92']),
      functionalsById['lda-pw92'],
    ).orbitals;
    expect(s!.eigenvalueHartree).toBeCloseTo(-0.3981, 2);
    expect(p!.eigenvalueHartree).toBeCloseTo(-0.1533, 2);
    // O 2s -0.871362, 2p -0.338381 Ha.
    const [os, op] = solvePseudoAtom(
      familyEntry('O', functionalsById['lda-pw92']),
      functionalsById['lda-pw92'],
    ).orbitals;
    expect(os!.eigenvalueHartree).toBeCloseTo(-0.8714, 2);
    expect(op!.eigenvalueHartree).toBeCloseTo(-0.3384, 2);
  });

  it('has a kinetic energy whose tail falls with the cutoff', () => {
    const tails = kineticTails(
      solvePseudoAtom(familyEntry('Si', functionalsById.pbe), functionalsById.pbe),
      [5, 10, 20, 40],
    );
    for (let i = 1; i < tails.length; i++) expect(tails[i]!).toBeLessThan(tails[i - 1]!);
    expect(tails[3]).toBeLessThan(1e-5);
  });
});

describe('valence electrons from atomic number and charge', () => {
  const numbers: Record<string, number> = {
    H: 1,
    Li: 3,
    Ti: 22,
    Ga: 31,
    Cs: 55,
    W: 74,
    Pb: 82,
    Bi: 83,
    Na: 11,
    Si: 14,
  };
  it.each(Object.keys(numbers))(
    'of %s agree with the published configurations, but for d and s of open shells',
    (element) => {
      for (const [symbol, , electronsByL] of gthFamily) {
        if (symbol !== element) continue;
        const valence = electronsByL.reduce((sum, n) => sum + n, 0);
        const derived = electronsByAngularMomentum(numbers[element]!, valence);
        expect(derived.slice(0, electronsByL.length)).toEqual([...electronsByL]);
      }
    },
  );
});

describe('reader of the ABINIT format', () => {
  const text =
    'Al\n 13 3 070301\n 10 11 1 2 2001 0\n 0.45 1 -7.55476126 rloc nloc c1..\n 2 nnonloc\n 0.48743529 2 6.95993832 -1.88883584\n 2.43847659\n 0.56218949 1 1.86529857\n 0.0 kij\n';

  it('reads what the family holds', () => {
    const { name: _name, ...read } = parseAbinitGth('Al', text);
    const { name: _other, ...entry } = familyEntry('Al', functionalsById.pbe);
    expect(read).toEqual({ ...entry, electronsByL: [2, 1, 0, 0] });
  });

  it('names the line that it cannot read', () => {
    expect(() => parseAbinitGth('Al', text.replace('0.48743529 2', 'x y'))).toThrow(/line 6 .*projectors with l = 0/);
    expect(() => parseAbinitGth('Al', 'nothing')).toThrow(/line/);
  });
});
