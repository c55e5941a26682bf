/** A value of a Fortran namelist. */
export type NamelistValue = string | number | boolean;

export const namelistNames = ['control', 'system', 'electrons', 'ions', 'cell'] as const;
export type NamelistName = (typeof namelistNames)[number];

/** The input of pw.x as data: namelists in pw.x's order, then cards. */
export interface PwInput {
  namelists: Partial<Record<NamelistName, Record<string, NamelistValue>>>;
  /** First line of a card after its name (`automatic`, `angstrom`), and the lines below. */
  cards: Card[];
}

export interface Card {
  name: string;
  option: string;
  lines: string[];
}

/** As pw.x reads it. */
export function writePwInput({ namelists, cards }: PwInput): string {
  const lists = namelistNames.flatMap((name) => {
    const values = namelists[name];
    return values ? [writeNamelist(name, values)] : [];
  });
  return [...lists, ...cards.map(writeCard)].join('');
}

export function writeNamelist(name: string, values: Record<string, NamelistValue>): string {
  const lines = Object.entries(values).map(([key, value]) => `  ${key} = ${writeValue(value)}\n`);
  return `&${name.toUpperCase()}\n${lines.join('')}/\n`;
}

const writeCard = ({ name, option, lines }: Card) =>
  `${option ? `${name} ${option}` : name}\n${lines.map((line) => `${line}\n`).join('')}`;

function writeValue(value: NamelistValue): string {
  if (typeof value === 'boolean') return value ? '.true.' : '.false.';
  // Fortran doubles a quote within a string.
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  return Number.isInteger(value)
    ? String(value)
    : value
        .toExponential(12)
        .replace(/\.?0*e/, 'd')
        .replace('d+', 'd');
}
