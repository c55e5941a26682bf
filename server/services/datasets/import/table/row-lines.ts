import { KernelError } from '@/kernels/core/errors';
import { isElement } from '@/kernels/crystal/elements';
import { readStructure } from '@/kernels/crystal/formats/read-structure';
import { toOptimade } from '@/kernels/crystal/formats/to-optimade';
import { formulasOf } from '../formulas';
import { EntryRefused, FAILURES, type ReadEntry, readEntry } from '../read-entry';
import { type ReadLine, withoutNul } from '../read-lines';
import type { TableRow } from './read-table';

export interface StructureFile {
  path: string;
  text: string;
  /** The id where no row names one. */
  key: string;
  row: TableRow | null;
}

/** Files of structures with their rows of a table, each for itself. */
export const readStructureFiles = ({ files }: { files: StructureFile[] }): ReadLine[] =>
  files.map(({ path, text, key, row }) =>
    taking(path, () => {
      const { structure } = readStructure(text, path);
      const { properties = {}, failures = {}, spaceGroupNumber = null } = row ?? {};
      return readEntry({
        id: row?.key ?? key,
        attributes: {
          ...toOptimade(structure),
          ...properties,
          [FAILURES]: failures,
          space_group_it_number: spaceGroupNumber,
        },
      });
    }),
  );

/** Rows without a structure: what their formula says is known of them. */
export const readRows = ({ rows }: { rows: TableRow[] }): ReadLine[] =>
  rows.map((row) => taking(row.key ?? row.formula ?? 'A row without an id', () => entryOfRow(row)));

function taking(what: string, read: () => ReadEntry): ReadLine {
  try {
    return { is: 'entry', entry: withoutNul(read()) };
  } catch (err) {
    if (err instanceof EntryRefused || err instanceof KernelError)
      return { is: 'refused', what: what.slice(0, 100), why: err.message };
    throw err;
  }
}

/** Without a number of atoms, the formula is taken for that of the cell; without a dimension, for a crystal's. */
function entryOfRow({
  key,
  file,
  formula,
  sites,
  spaceGroupNumber,
  dimensions,
  properties,
  failures,
}: TableRow): ReadEntry {
  if (key === null) throw new EntryRefused('It has no id.');
  if (file !== null && formula === null) throw new EntryRefused(`The archive has no file ${file.slice(0, 100)}.`);
  const amounts = formula === null ? null : amountsOf(formula);
  if (!amounts) throw new EntryRefused(`Its formula ${JSON.stringify((formula ?? '').slice(0, 60))} cannot be read.`);
  const { elements, ratios, reduced, anonymous, hill } = formulasOf(amounts);
  if (reduced === null || anonymous === null) throw new EntryRefused('Its formula has no whole numbers.');
  const periodicCount = dimensions ?? 3;
  const total = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
  return {
    ...{
      key,
      elements,
      elementCount: elements.length,
      siteCount: sites ?? Math.max(1, Math.round(total)),
      periodicCount,
    },
    ...{ formulaReduced: reduced, formulaAnonymous: anonymous, formulaHill: hill, formulaDescriptive: formula },
    spaceGroupNumber: periodicCount === 3 ? spaceGroupNumber : null,
    ...{ volumeAngstrom3: null, structureHash: null, lastModified: null },
    attributes: { elements_ratios: ratios, structure_features: [] },
    properties,
    failures: Object.keys(failures).length > 0 ? failures : null,
    referenceKeys: [],
  };
}

/** "Fe2O3", "Fe₂O₃", "Fe2 O3"; null for anything else. */
export function amountsOf(formula: string): Map<string, number> | null {
  const plain = formula.normalize('NFKC').replace(/\s+/g, '');
  if (!/^([A-Z][a-z]?(\d+(\.\d+)?)?){1,100}$/.test(plain)) return null;
  const amounts = new Map<string, number>();
  for (const [, element, digits] of plain.matchAll(/([A-Z][a-z]?)(\d+(?:\.\d+)?)?/g)) {
    const amount = digits === undefined ? 1 : Number(digits);
    if (!isElement(element!) || !(amount > 0) || amount > 1e6) return null;
    amounts.set(element!, (amounts.get(element!) ?? 0) + amount);
  }
  return amounts;
}
