import { KernelError } from '../../core/errors';
import { isElement } from '../elements';
import type { Structure } from '../schema';

/** What a reader of one format returns; notes are sentences about what was taken for what, or left out. */
export interface FileContent {
  structure: Structure;
  notes: string[];
}

export const MOST_SITES = 100_000;

/** An error in a file at a line (counted from 1), as "Line 7: three numbers were expected here, not "abc".". */
export function fileError(line: number, sentence: string): KernelError {
  return new KernelError('bad-file', `Line ${line}: ${sentence}`, { line });
}

/** At most 40 characters of what a file holds, for quoting in a sentence. */
export function quote(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 40)}...` : text}"`;
}

export function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

export function words(line: string): string[] {
  const trimmed = line.trim();
  return trimmed === '' ? [] : trimmed.split(/\s+/);
}

/** A finite number as programs write it: Fortran's 1.0D-3 and Mathematica's 1.0*^-3 included; null when it is none. */
export function parseNumber(word: string | undefined): number | null {
  if (word === undefined || word.length > 64) return null;
  const plain = word.replace('*^', 'e').replace(/[dD]/, 'e');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/** The first `count` words of a line as numbers. */
export function requireNumbers(list: string[], count: number, line: number, what: string): number[] {
  const numbers = list.slice(0, count).map(parseNumber);
  if (numbers.length < count || numbers.includes(null)) {
    throw fileError(line, `${what} expected here, not ${quote(list.join(' '))}.`);
  }
  return numbers as number[];
}

/** Elements beyond the table: without this Og would be read as oxygen. */
const superheavy = new Set('Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og'.split(' '));

/** "Fe3+", "FE1", "Fe_pv", "OW2" -> "Fe", "Fe", "Fe", "O"; null where the letters begin no element. Deuterium and tritium are hydrogen. */
export function elementOfLabel(label: string): string | null {
  const letters = /^[A-Za-z]{1,2}/.exec(label)?.[0];
  if (!letters) return null;
  const two = letters[0]!.toUpperCase() + (letters[1]?.toLowerCase() ?? '');
  if (isElement(two)) return two;
  if (superheavy.has(letters)) return null;
  const one = two[0]!;
  if (one === 'D' || one === 'T') return 'H';
  return isElement(one) ? one : null;
}
