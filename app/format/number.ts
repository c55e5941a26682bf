const MINUS = '\u2212';
/** Narrow, between thousands. */
const THIN_SPACE = '\u202f';
/** Unbreakable, between a number and its unit. In our font it is about as wide as a thin space should be; the narrow one is too tight. */
export const UNIT_SPACE = '\u00a0';
export const NOT_COMPUTED = 'not computed';

type Maybe = number | null | undefined;
const isNumber = (value: Maybe): value is number => typeof value === 'number' && Number.isFinite(value);

/** A number with this many decimals, a true minus and thin spaces between thousands: "−1 234.50". What is absent reads "not computed". */
export function fixed(value: Maybe, decimals: number): string {
  if (!isNumber(value)) return NOT_COMPUTED;
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split('.') as [string, string?];
  const digits = group(whole) + (fraction === undefined ? '' : `.${fraction}`);
  // What rounds to zero has no sign.
  return value < 0 && /[1-9]/.test(digits) ? MINUS + digits : digits;
}

/** A whole number: "12 384". */
export const count = (value: Maybe) => fixed(value, 0);

/** "1 value", "12 values". */
export const counted = (value: number, one: string, more = `${one}s`) => `${count(value)} ${value === 1 ? one : more}`;

/** A number with its unit: "5.43 Å". */
export const quantity = (value: Maybe, decimals: number, unit: string) =>
  isNumber(value) ? fixed(value, decimals) + UNIT_SPACE + unit : NOT_COMPUTED;

/** The shortest form that says the value to this many significant digits: "0.15", "2e-10" as "2 × 10⁻¹⁰". */
export function plain(value: Maybe, significant = 6): string {
  if (!isNumber(value)) return NOT_COMPUTED;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return scientific(value, significant);
  return String(Number(value.toPrecision(significant))).replace('-', MINUS);
}

/** "2 × 10⁻¹⁰"; a factor of one is left out of plain powers of ten. */
export function scientific(value: Maybe, significant = 3): string {
  if (!isNumber(value)) return NOT_COMPUTED;
  if (value === 0) return '0';
  const [mantissa, exponent] = value.toExponential(significant - 1).split('e') as [string, string];
  const factor = String(Number(mantissa)).replace('-', MINUS);
  const power = `10${superscript(Number(exponent))}`;
  return factor === '1' ? power : `${factor}${UNIT_SPACE}×${UNIT_SPACE}${power}`;
}

const superscripts: Record<string, string> = Object.fromEntries(
  [...'0123456789-'].map((c, i) => [c, '⁰¹²³⁴⁵⁶⁷⁸⁹⁻'[i]!]),
);
export const superscript = (whole: number) => [...String(whole)].map((c) => superscripts[c]).join('');

/** "4 × 4 × 4" */
export const mesh = (numbers: readonly number[]) => numbers.map(count).join(`${UNIT_SPACE}×${UNIT_SPACE}`);

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'];
/** Bytes in powers of 1000, two digits at least: "9.2 GB". */
export function bytes(value: Maybe): string {
  if (!isNumber(value)) return NOT_COMPUTED;
  const step = Math.min(byteUnits.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  const scaled = value / 1000 ** step;
  return quantity(scaled, step > 0 && scaled < 10 ? 1 : 0, byteUnits[step]!);
}

const group = (whole: string) => (whole.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE));
