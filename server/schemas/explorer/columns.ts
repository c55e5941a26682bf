import type { PropertyDefinition } from '@/server/schemas/datasets';

/** A column as it is headed. */
export interface ColumnHead {
  name: string;
  title: string;
  unit: string | null;
  description: string;
  isNumber: boolean;
}

const builtIn: ColumnHead[] = [
  { name: 'sites', title: 'Atoms', unit: null, description: 'Atoms in the cell.', isNumber: true },
  { name: 'elements', title: 'Elements', unit: null, description: 'How many elements it has.', isNumber: true },
  {
    name: 'spacegroup',
    title: 'Space group',
    unit: null,
    description: 'Its number in the International Tables.',
    isNumber: true,
  },
  {
    name: 'volume',
    title: 'Volume per atom',
    unit: 'Å³',
    description: 'The volume of the cell for each of its atoms.',
    isNumber: true,
  },
];

/** The columns that a dataset can show, those of its properties behind the built-in ones. */
export const headsOf = (properties: readonly PropertyDefinition[]): ColumnHead[] => [
  ...builtIn,
  ...properties
    .filter(({ type }) => type !== 'list' && type !== 'dictionary')
    .map(({ name, title, unit, description, method, type }) => ({
      ...{ name, title, unit },
      description: [description, method].filter((text) => text !== '').join(' '),
      isNumber: type === 'number' || type === 'integer',
    })),
];

/** As a heading of plots and tables: "Band gap (eV)". */
export const headText = ({ title, unit }: ColumnHead) => (unit ? `${title} (${unit})` : title);

const SUGGESTED = 4;

/** What a newcomer sees: the cell's size and the first properties. */
export const suggestedColumns = (heads: readonly ColumnHead[]): string[] => [
  'sites',
  'spacegroup',
  ...heads
    .filter(({ name }) => name.startsWith('_'))
    .slice(0, SUGGESTED)
    .map(({ name }) => name),
];
