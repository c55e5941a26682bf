/** A number as people type it: a comma or a point, a true minus, "1e-10" or "1×10^-10"; null for what is none. */
export function parseDecimal(text: string): number | null {
  const clean = text
    .trim()
    .replace(/[\s\u202f\u00a0_']/g, '')
    .replace('\u2212', '-')
    .replace(/[×x*]10\^?/i, 'e')
    .replace(/,(?=\d*(?:e|$))/i, '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(clean) ? Number(clean) : null;
}

export interface Bounds {
  min: number;
  max: number;
  isWhole?: boolean;
}

/** The number, or a sentence that says what would do. */
export function readNumber(
  text: string,
  { min, max, isWhole = false }: Bounds,
): { value: number } | { problem: string } {
  const value = parseDecimal(text);
  const kind = isWhole ? 'a whole number' : 'a number';
  const isGood = value !== null && value >= min && value <= max && (!isWhole || Number.isInteger(value));
  return isGood ? { value } : { problem: `Give ${kind} from ${min} to ${max}.` };
}
