import type { DosResult } from '@/server/schemas/results';
import { dosTable, orbitalTable, tableCsv } from '../../plot/electronic-export';

/** The density of states to take away. */
export const dosFiles = (dos: DosResult, stem: string) => [
  {
    label: 'Density of states as CSV',
    fileName: `${stem}-dos.csv`,
    mediaType: 'text/csv',
    text: () => tableCsv(dosTable(dos)),
  },
  ...(dos.projections
    ? [
        {
          label: 'Orbitals’ states, each on its own, as CSV',
          fileName: `${stem}-projected-dos.csv`,
          mediaType: 'text/csv',
          text: () => tableCsv(orbitalTable(dos)),
        },
      ]
    : []),
  {
    label: 'Density of states as JSON',
    fileName: `${stem}-dos.json`,
    mediaType: 'application/json',
    text: () => JSON.stringify(dos),
  },
];
