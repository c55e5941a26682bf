import type { Orbital } from '@/server/schemas/results';
import { readFortran } from './dos';
import { findAll, toNumbers, type XmlElement } from './xml';

/** An atomic orbital as projwfc.x lists it. */
interface ListedState {
  /** Counts from 1. */
  atom: number;
  kind: string;
  /** Number of the radial function within its atom, from 1. */
  radial: number;
  l: number;
  /** In the order of pw.x, from 0. */
  order: number;
}

/** `state #   3: atom   1 (Fe ), wfc  3 (l=1 m= 1)`. States of spinors (`j=`) are not of this kind: none is found. */
export function readStates(output: string): ListedState[] {
  const line = /state #\s*\d+: atom\s+(\d+) \((\S+)\s*\), wfc\s+(\d+) \(l=\s*(\d+)\s+m=\s*(\d+)\)/g;
  return [...output.matchAll(line)].map(([, atom, kind, radial, l, m]) => ({
    ...{ atom: Number(atom), kind: kind!, radial: Number(radial), l: Number(l) },
    order: Number(m) - 1,
  }));
}

/**
 * Our m counts the real harmonics from -l to l; pw.x gives m = 0 first, then cos(m phi) and sin(m phi) in turn (INPUT_PROJWFC:
 * pz px py; dz2 dxz dyz dx2-y2 dxy).
 */
function ownOrder({ l, order }: ListedState): number {
  const m = Math.ceil(order / 2) * (order % 2 === 1 ? 1 : -1);
  return l + m;
}

/** Principal quantum numbers of a file's orbitals, in their order: `3D` or `3d`. */
export function readPrincipals(upf: string): number[] {
  return [...upf.matchAll(/<PP_CHI\.\d+\b[^>]*?\blabel="\s*(\d)/g)].map(([, n]) => Number(n));
}

/** The orbitals as results name them. `elements`: of every site; `principals`: by element, in the order of its radial functions. */
export function toOrbitals(states: ListedState[], elements: string[], principals: Record<string, number[]>): Orbital[] {
  return states.map((state) => {
    const element = elements[state.atom - 1]!;
    const n = principals[element]?.[state.radial - 1] ?? state.l + 1;
    return { site: state.atom - 1, element, n, l: state.l, m: ownOrder(state) };
  });
}

/** weights[spin][kpoint][band][orbital] = |<phi|psi>|^2, from atomic_proj.xml, which holds the complex amplitudes. */
export function readWeights(document: XmlElement, orbitalCount: number): number[][][][] {
  const blocks = findAll(document, 'EIGENSTATES/PROJS').map((block) => findAll(block, 'ATOMIC_WFC'));
  const spins = new Map<string, number[][][]>();
  for (const states of blocks) {
    const spin = states[0]?.attributes.spin ?? '1';
    const amplitudes = states.map(({ text }) => toNumbers(text));
    const bands = (amplitudes[0]?.length ?? 0) / 2;
    const weights = Array.from({ length: bands }, (_, band) =>
      Array.from({ length: orbitalCount }, (_, o) => {
        const [re, im] = [amplitudes[o]![2 * band]!, amplitudes[o]![2 * band + 1]!];
        return re * re + im * im;
      }),
    );
    spins.set(spin, [...(spins.get(spin) ?? []), weights]);
  }
  return [...spins.values()];
}

/** The file of a state's radial function; it holds the density of states of each m. */
export const statesFile = ({ atom, kind, radial, l }: ListedState) =>
  `pdos.pdos_atm#${atom}(${kind})_wfc#${radial}(${'spdf'[l]})`;

/** [spin][orbital][energy] on `energiesEv`, from the files of all states. */
export function readOrbitalStates(
  states: ListedState[],
  files: Map<string, string>,
  energiesEv: number[],
  spins: number,
): number[][][] {
  const tables = new Map([...files].map(([name, text]) => [name, readTable(text)]));
  return Array.from({ length: spins }, (_, spin) =>
    states.map((state) => {
      const rows = tables.get(statesFile(state)) ?? [];
      // Energy, the sum over m of each spin, then every m of each spin.
      const column = 1 + spins + state.order * spins + spin;
      return interpolate(rows, column, energiesEv);
    }),
  );
}

const readTable = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('#'))
    .map((line) => line.trim().split(/\s+/).map(readFortran));

/** projwfc.x begins its energies elsewhere than dos.x. */
function interpolate(rows: number[][], column: number, energiesEv: number[]): number[] {
  let at = 0;
  return energiesEv.map((energy) => {
    while (at + 2 < rows.length && rows[at + 1]![0]! < energy) at++;
    const [left, right] = [rows[at], rows[at + 1]];
    if (!left || !right || energy < left[0]! || energy > right[0]!) return left?.[0] === energy ? left[column]! : 0;
    const share = (energy - left[0]!) / (right[0]! - left[0]!);
    return (1 - share) * left[column]! + share * right[column]!;
  });
}

/** Loewdin charges [spin][site] and the spilling, from what projwfc.x prints. */
export function readCharges(output: string, spins: number): { charges: number[][]; spilling: number } {
  const atoms = output.split(/Atom #\s*\d+:/).slice(1);
  const first = (text: string, pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? Number.NaN);
  const patterns =
    spins === 2 ? [/spin up\s*=\s*(-?[\d.]+)/, /spin down\s*=\s*(-?[\d.]+)/] : [/total charge =\s*(-?[\d.]+)/];
  return {
    charges: patterns.map((pattern) => atoms.map((text) => first(text, pattern))),
    spilling: first(output, /Spilling Parameter:\s*(-?[\d.]+)/),
  };
}
