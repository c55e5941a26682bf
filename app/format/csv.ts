type Cell = string | number | null;

/** Rows as CSV (RFC 4180), numbers at full precision with a point; a cell that a spreadsheet would run as a formula is disarmed. */
export const toCsv = (header: string[], rows: Cell[][]): string =>
  `${[header, ...rows].map((row) => row.map(toField).join(',')).join('\r\n')}\r\n`;

function toField(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
