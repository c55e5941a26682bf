import { csvLine } from '@/server/schemas/csv';

/** Rows as CSV (RFC 4180), numbers at full precision with a point; a cell that a spreadsheet would run as a formula is disarmed. */
export const toCsv = (header: string[], rows: (string | number | null)[][]): string =>
  [header, ...rows].map(csvLine).join('');
