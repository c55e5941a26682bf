import { type Card, type NamelistName, type NamelistValue, namelistNames, type PwInput } from './pw-input';

/** What is wrong with an input that a person wrote, and in which line. */
export class InputError extends Error {
  constructor(
    message: string,
    readonly line: number | null = null,
  ) {
    super(line === null ? message : `Line ${line}: ${message}`);
  }
}

const cardNames = [
  ...['ATOMIC_SPECIES', 'ATOMIC_POSITIONS', 'K_POINTS', 'CELL_PARAMETERS', 'CONSTRAINTS', 'OCCUPATIONS'],
  ...['ATOMIC_FORCES', 'ADDITIONAL_K_POINTS', 'SOLVENTS', 'HUBBARD', 'ATOMIC_VELOCITIES'],
];

/** Reads the input of pw.x into namelists and cards. @throws InputError for what pw.x could not read. */
export function readPwInput(text: string): PwInput {
  const input: PwInput = { namelists: {}, cards: [] };
  let open: NamelistName | null = null;
  let card: Card | null = null;
  text.split(/\r?\n/).forEach((whole, index) => {
    const line = stripComment(whole).trim();
    const number = index + 1;
    if (line === '') return;
    if (open) {
      if (line === '/' || /^&end$/i.test(line)) open = null;
      else readAssignments(line.replace(/\/$/, ''), input.namelists[open]!, number);
      if (line !== '/' && line.endsWith('/') && !/['"][^'"]*\/$/.test(line)) open = null;
      return;
    }
    if (line.startsWith('&')) {
      const name = line.slice(1).split(/\s/)[0]!.toLowerCase();
      open = namelistNames.find((known) => known === name) ?? null;
      if (!open)
        throw new InputError(`&${name} is no namelist of pw.x; there are ${namelistNames.join(', ')}.`, number);
      if (input.namelists[open]) throw new InputError(`&${name} stands there twice.`, number);
      input.namelists[open] = {};
      const rest = line.slice(name.length + 1).trim();
      if (rest !== '') readAssignments(rest.replace(/\/$/, ''), input.namelists[open]!, number);
      if (rest.endsWith('/')) open = null;
      return;
    }
    const [first, ...rest] = line.split(/\s+/);
    const name = first!.toUpperCase();
    if (cardNames.includes(name)) {
      card = {
        name,
        option: rest
          .join(' ')
          .replace(/[(){}]/g, '')
          .trim(),
        lines: [],
      };
      input.cards.push(card);
    } else if (card) card.lines.push(line);
    else throw new InputError(`"${line.slice(0, 40)}" stands outside of namelists and cards.`, number);
  });
  if (open) throw new InputError(`&${open} does not end: a line with / alone ends it.`);
  return input;
}

/** Everything from a ! or # that stands outside of quotes. */
function stripComment(line: string): string {
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!;
    if (quote) quote = c === quote ? '' : quote;
    else if (c === "'" || c === '"') quote = c;
    else if (c === '!' || (c === '#' && line.slice(0, i).trim() === '')) return line.slice(0, i);
  }
  return line;
}

const ASSIGNMENT = /^\s*([A-Za-z_]\w*(?:\(\s*\d+(?:\s*,\s*\d+)*\s*\))?)\s*=\s*('(?:[^']|'')*'|"[^"]*"|[^\s,'"]+)\s*,?/;

function readAssignments(line: string, into: Record<string, NamelistValue>, number: number): void {
  let rest = line.trim();
  while (rest !== '') {
    const found = ASSIGNMENT.exec(rest);
    if (!found) throw new InputError(`"${rest.slice(0, 40)}" is no assignment like key = value.`, number);
    into[found[1]!.toLowerCase().replace(/\s/g, '')] = readValue(found[2]!, number);
    rest = rest.slice(found[0].length).trim();
  }
}

function readValue(text: string, number: number): NamelistValue {
  if (/^['"]/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  if (/^\.?t(rue)?\.?$/i.test(text)) return true;
  if (/^\.?f(alse)?\.?$/i.test(text)) return false;
  const value = Number(text.replace(/[dD]/, 'e'));
  if (!Number.isFinite(value))
    throw new InputError(`"${text.slice(0, 40)}" is no number, no .true. or .false. and no 'text'.`, number);
  return value;
}
