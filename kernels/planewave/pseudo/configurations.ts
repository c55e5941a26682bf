/** Shells in the order in which a pseudopotential's core takes them: by n, then l. */
const SHELLS = [
  '1s',
  '2s',
  '2p',
  '3s',
  '3p',
  '3d',
  '4s',
  '4p',
  '4d',
  '4f',
  '5s',
  '5p',
  '5d',
  '5f',
  '6s',
  '6p',
  '6d',
  '7s',
] as const;
type ShellName = (typeof SHELLS)[number];
/** Order of filling (Madelung). */
const FILLING: ShellName[] = [
  '1s',
  '2s',
  '2p',
  '3s',
  '3p',
  '4s',
  '3d',
  '4p',
  '5s',
  '4d',
  '5p',
  '6s',
  '4f',
  '5d',
  '6p',
  '7s',
  '5f',
  '6d',
];
const CAPACITY: Record<string, number> = { s: 2, p: 6, d: 10, f: 14 };

/** Ground states that depart from Madelung's order (NIST Atomic Spectra Database, ground levels of neutral atoms). */
const EXCEPTIONS: Record<number, Partial<Record<ShellName, number>>> = {
  24: { '4s': 1, '3d': 5 },
  29: { '4s': 1, '3d': 10 },
  41: { '5s': 1, '4d': 4 },
  42: { '5s': 1, '4d': 5 },
  44: { '5s': 1, '4d': 7 },
  45: { '5s': 1, '4d': 8 },
  46: { '5s': 0, '4d': 10 },
  47: { '5s': 1, '4d': 10 },
  57: { '4f': 0, '5d': 1 },
  58: { '4f': 1, '5d': 1 },
  64: { '4f': 7, '5d': 1 },
  78: { '6s': 1, '5d': 9 },
  79: { '6s': 1, '5d': 10 },
};

/**
 * Valence electrons of the neutral atom by angular momentum [s, p, d, f], for a pseudopotential whose ion has the
 * charge `valence`: the core takes the lowest shells by n, then l, until Z - valence electrons are gone.
 */
export function electronsByAngularMomentum(atomicNumber: number, valence: number): number[] {
  const occupation = new Map<ShellName, number>();
  let left = atomicNumber;
  for (const shell of FILLING) {
    const electrons = Math.min(left, CAPACITY[shell[1]!]!);
    occupation.set(shell, electrons);
    left -= electrons;
  }
  for (const [shell, electrons] of Object.entries(EXCEPTIONS[atomicNumber] ?? {}))
    occupation.set(shell as ShellName, electrons);
  let core = atomicNumber - valence;
  const byL = [0, 0, 0, 0];
  for (const shell of SHELLS) {
    const electrons = occupation.get(shell) ?? 0;
    const taken = Math.min(core, electrons);
    core -= taken;
    byL['spdf'.indexOf(shell[1]!)]! += electrons - taken;
  }
  return byL;
}
