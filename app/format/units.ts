import { HARTREE_EV } from '@/kernels/core/constants';

/** Units of one kind, each as so many of the first; CODATA 2022. */
const kinds: readonly Record<string, number>[] = [
  { eV: 1, meV: 1e-3, Ha: HARTREE_EV, Ry: HARTREE_EV / 2, 'kJ/mol': 1 / 96.48533212331 },
  { THz: 1, 'cm⁻¹': 2.99792458e-2, meV: 1 / 4.135667696923859 },
];
/** Other ways to write them. */
const spellings: Record<string, string> = {
  ...{
    electronvolt: 'eV',
    hartree: 'Ha',
    Hartree: 'Ha',
    rydberg: 'Ry',
    Rydberg: 'Ry',
    'cm-1': 'cm⁻¹',
    'cm^-1': 'cm⁻¹',
    '1/cm': 'cm⁻¹',
    terahertz: 'THz',
  },
};

const split = (unit: string): { base: string; per: string } => {
  const [, head = unit, per = ''] = /^([^/]+|kJ\/mol|1\/cm)(\/.*)?$/.exec(unit.trim()) ?? [];
  return { base: spellings[head] ?? head, per };
};

/** The units that a quantity can be read in, its own first; one where there is no other. "eV/atom" keeps its "/atom". */
export function unitsFor(unit: string): string[] {
  const { base, per } = split(unit);
  const kind = kinds.find((units) => base in units);
  if (!kind) return [unit];
  return [base, ...Object.keys(kind).filter((other) => other !== base)].map((name) => name + per);
}

/** A value in another of its units; as it is where there is no such way. */
export function inUnit(value: number, from: string, to: string): number {
  const [source, target] = [split(from), split(to)];
  const kind = kinds.find((units) => source.base in units && target.base in units);
  return kind && source.per === target.per ? (value * kind[source.base]!) / kind[target.base]! : value;
}
