import { UNIT_SPACE } from './number';

const part = (value: number, unit: string) => `${value}${UNIT_SPACE}${unit}`;

/** A duration a person grasps: "0.4 s", "12 s", "3 min 20 s", "2 h 5 min", "3 d 4 h". */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return 'unknown';
  if (seconds < 9.95) return part(Number(Math.max(0, seconds).toFixed(1)), 's');
  const whole = Math.round(seconds);
  if (whole < 60) return part(whole, 's');
  if (whole < 3_600) return two(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 1_440) return two(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(seconds / 3_600);
  return two(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

const two = (a: number, unitA: string, b: number, unitB: string) =>
  b === 0 ? part(a, unitA) : `${part(a, unitA)} ${part(b, unitB)}`;

const YEAR_SECONDS = 31_557_600;
const CENTURY_SECONDS = 100 * YEAR_SECONDS;

/** An estimate, no more exact than it is: "about 20 s", "about 3 h". */
export function roughDuration(seconds: number): string {
  if (seconds < 1) return 'about a second';
  if (seconds >= CENTURY_SECONDS) return 'more than a lifetime';
  const steps = [
    [60, 1, 's'],
    [3_600, 60, 'min'],
    [86_400, 3_600, 'h'],
    [YEAR_SECONDS, 86_400, 'd'],
    [Number.POSITIVE_INFINITY, YEAR_SECONDS, 'years'],
  ] as const;
  const [, size, unit] = steps.find(([limit]) => seconds < limit)!;
  return `about ${part(Number((seconds / size).toPrecision(seconds / size < 10 ? 1 : 2)), unit)}`;
}

/** Relative under a day, then absolute with its zone. */
export function when(date: Date, now: Date): string {
  const seconds = (now.getTime() - date.getTime()) / 1000;
  if (seconds < 45) return 'just now';
  if (seconds < 3_600) return `${part(Math.max(1, Math.round(seconds / 60)), 'min')} ago`;
  if (seconds < 86_400) return `${part(Math.round(seconds / 3_600), 'h')} ago`;
  return absolute(date);
}

/** "23 Nov 2026, 14:05 UTC" */
export const absolute = (date: Date, timeZone?: string) =>
  new Intl.DateTimeFormat('en-GB', { ...absoluteParts, ...(timeZone ? { timeZone } : {}) }).format(date);

const absoluteParts = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
} as const;

/** "14:05" */
export const clock = (date: Date) =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(date);
