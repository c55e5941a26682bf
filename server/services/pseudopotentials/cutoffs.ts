import { isElement } from '@/kernels/crystal/elements';

/** What a table says of an element; Ha. */
export interface TableEntry {
  fileName: string | null;
  md5: string | null;
  cutoffHartree: { fast: number; balanced: number; stringent: number };
  densityCutoffHartree: number | null;
}

export interface CutoffTable {
  layout: 'sssp' | 'pseudodojo';
  entries: Map<string, TableEntry>;
}

const RYDBERG_PER_HARTREE = 2;
const numberOf = (value: unknown): number | null => {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : null;
};
const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a table of cutoffs by element. SSSP: `cutoff_wfc` and `cutoff_rho` (first version: `cutoff` and `dual`) in Ry. PseudoDojo:
 * hints `low`, `normal`, `high` with `ecut` in Ha, or `hl`, `hn`, `hh`. Null where the value is neither.
 */
export function readCutoffTable(value: unknown): CutoffTable | null {
  if (!isObject(value)) return null;
  const entries = new Map<string, TableEntry>();
  let layout: CutoffTable['layout'] | null = null;
  for (const [element, row] of Object.entries(value)) {
    if (!isElement(element) || !isObject(row)) continue;
    const found = readSssp(row) ?? readDojo(row);
    if (!found) continue;
    layout ??= found.layout;
    entries.set(element, found.entry);
  }
  return layout && { layout, entries };
}

/** One element's report of PseudoDojo (`Ag.djrepo`): its hints, and the name of the file it belongs to. */
export function readDojoReport(value: unknown, fileName: string): { element: string; entry: TableEntry } | null {
  if (!isObject(value)) return null;
  const found = readDojo(value);
  const element = textOf(value.symbol) ?? /^[A-Z][a-z]?(?=[^a-z])/.exec(fileName)?.[0] ?? '';
  if (!found || !isElement(element)) return null;
  // The report is of the file beside it, whatever its ending.
  return { element, entry: { ...found.entry, fileName: null, md5: null } };
}

function readSssp(row: Record<string, unknown>): { layout: 'sssp'; entry: TableEntry } | null {
  const orbitals = numberOf(row.cutoff_wfc) ?? numberOf(row.cutoff);
  if (orbitals === null) return null;
  const dual = numberOf(row.dual);
  const density = numberOf(row.cutoff_rho) ?? (dual === null ? null : dual * orbitals);
  const cutoff = orbitals / RYDBERG_PER_HARTREE;
  const entry = {
    ...{ fileName: textOf(row.filename), md5: textOf(row.md5) },
    cutoffHartree: { fast: cutoff, balanced: cutoff, stringent: cutoff },
    densityCutoffHartree: density === null ? null : density / RYDBERG_PER_HARTREE,
  };
  return { layout: 'sssp', entry };
}

function readDojo(row: Record<string, unknown>): { layout: 'pseudodojo'; entry: TableEntry } | null {
  const hints = isObject(row.hints) ? row.hints : row;
  const hint = (long: string, short: string) => {
    const inner = hints[long];
    return numberOf(isObject(inner) ? inner.ecut : inner) ?? numberOf(hints[short]);
  };
  const [fast, balanced, stringent] = [hint('low', 'hl'), hint('normal', 'hn'), hint('high', 'hh')];
  if (fast === null || balanced === null || stringent === null) return null;
  const entry = {
    ...{ fileName: textOf(row.filename), md5: textOf(row.md5) },
    cutoffHartree: { fast, balanced, stringent },
    densityCutoffHartree: null,
  };
  return { layout: 'pseudodojo', entry };
}
