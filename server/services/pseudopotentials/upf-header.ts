import { isElement } from '@/kernels/crystal/elements';
import type { functionals } from '@/kernels/planewave/schema';

/** What a family's list says of a file, from its head; energies in Ha. */
export interface UpfHeader {
  element: string;
  type: 'NC' | 'US' | 'PAW';
  valenceElectrons: number;
  /** One of ours where the words are known, else the words. */
  functional: string;
  hasCoreCorrection: boolean;
  hasSpinOrbit: boolean;
  relativity: 'none' | 'scalar' | 'full' | null;
  /** Suggested by the file; null where it suggests none. */
  cutoffHartree: number | null;
  densityCutoffHartree: number | null;
}

const RYDBERG_PER_HARTREE = 2;
/** The remarks of version 1 stand at the beginning. */
const INFO_MAX = 10_000;

/** Reads the head of a UPF file of version 1 or 2. Null where the text is none. */
export function readUpfHeader(text: string): UpfHeader | null {
  const attributes = /<PP_HEADER\b([^>]*?)\/?>/.exec(text);
  if (!attributes) return null;
  return /\belement\s*=/.test(attributes[1]!) ? readVersion2(attributes[1]!) : readVersion1(text);
}

function readVersion2(head: string): UpfHeader | null {
  const values = new Map(
    [...head.matchAll(/(\w+)\s*=\s*(["'])([\s\S]*?)\2/g)].map(([, name, , value]) => [name!, value!.trim()]),
  );
  const isTrue = (name: string) => /^\.?t/i.test(values.get(name) ?? '');
  return finish({
    element: values.get('element') ?? '',
    type: values.get('pseudo_type') ?? (isTrue('is_paw') ? 'PAW' : isTrue('is_ultrasoft') ? 'US' : 'NC'),
    valence: values.get('z_valence'),
    functional: values.get('functional') ?? '',
    hasCoreCorrection: isTrue('core_correction'),
    hasSpinOrbit: isTrue('has_so'),
    relativity: relativityOf(values.get('relativistic')),
    cutoffs: [values.get('wfc_cutoff'), values.get('rho_cutoff')],
  });
}

/** Lines in a fixed order, each a value and a remark. */
function readVersion1(text: string): UpfHeader | null {
  const lines = /<PP_HEADER>\s*\n([\s\S]*?)<\/PP_HEADER>/.exec(text)?.[1]?.split('\n') ?? [];
  const words = lines.map((line) => line.trim().split(/\s+/));
  const functional = (lines[4] ?? '').replace(/\bExchange.*$/i, '').trim();
  return finish({
    element: words[1]?.[0] ?? '',
    type: words[2]?.[0] ?? '',
    valence: words[5]?.[0],
    functional,
    hasCoreCorrection: /^\.?t/i.test(words[3]?.[0] ?? ''),
    hasSpinOrbit: /<PP_ADDINFO>/.test(text),
    relativity: relativityOf(/(full|scalar|non)[- ]?relativistic/i.exec(text.slice(0, INFO_MAX))?.[1]),
    cutoffs: [words[7]?.[0], words[7]?.[1]],
  });
}

interface Words {
  element: string;
  type: string;
  valence: string | undefined;
  functional: string;
  hasCoreCorrection: boolean;
  hasSpinOrbit: boolean;
  relativity: UpfHeader['relativity'];
  cutoffs: [string | undefined, string | undefined];
}

function finish({ element, type, valence, functional, cutoffs, ...flags }: Words): UpfHeader | null {
  const symbol = element.charAt(0).toUpperCase() + element.slice(1).toLowerCase();
  const valenceElectrons = readNumber(valence);
  const kind = { NC: 'NC', SL: 'NC', US: 'US', USPP: 'US', PAW: 'PAW' }[type.toUpperCase()] as
    | UpfHeader['type']
    | undefined;
  if (!isElement(symbol) || !kind || !(valenceElectrons !== null && valenceElectrons > 0)) return null;
  const [orbitals, density] = cutoffs.map((word) => {
    const rydberg = readNumber(word);
    return rydberg !== null && rydberg > 0 ? rydberg / RYDBERG_PER_HARTREE : null;
  });
  return {
    ...flags,
    ...{ element: symbol, type: kind, valenceElectrons, functional: nameFunctional(functional) },
    cutoffHartree: orbitals ?? null,
    densityCutoffHartree: density ?? null,
  };
}

function relativityOf(word: string | undefined): UpfHeader['relativity'] {
  const kind = word?.toLowerCase().replace(/^n.*/, 'none');
  return kind === 'none' || kind === 'scalar' || kind === 'full' ? kind : null;
}

function readNumber(word: string | undefined): number | null {
  const value = word === undefined || word === '' ? Number.NaN : Number(word.replace(/[dD]/, 'e'));
  return Number.isFinite(value) ? value : null;
}

const known: Record<string, (typeof functionals)[number]> = {
  PBE: 'pbe',
  'SLA PW PBX PBC': 'pbe',
  'SLA PW PBE PBE': 'pbe',
  PBESOL: 'pbesol',
  'SLA PW PSX PSC': 'pbesol',
  PZ: 'lda-pz',
  'SLA PZ NOGX NOGC': 'lda-pz',
  PW: 'lda-pw92',
  'SLA PW NOGX NOGC': 'lda-pw92',
};

/** Words of pw.x as the names of our functionals. */
function nameFunctional(words: string): string {
  const plain = words.toUpperCase().replace(/[-+]/g, ' ').trim().replace(/\s+/g, ' ');
  return known[plain] ?? plain.toLowerCase().slice(0, 60);
}
