import { KernelError } from '../core/errors';
import type { MeasuredPattern } from './schema';

/** Of a file. */
export const MEASURED_CHARACTERS_MAX = 8_000_000;
const POINTS_MAX = 200_000;
const POINTS_LEAST = 10;

/**
 * A scan from text with two columns or more: angle 2 theta in degrees and what was counted, apart by blanks, tabs, commas or semicolons.
 * Lines that do not begin with two numbers (headings, comments) are passed over; a comma stands for the decimal point where semicolons or
 * blanks part the columns. Angles may come in any order; of equal ones the mean is taken. Throws KernelError `bad-pattern` with a sentence.
 */
export function readMeasured(text: string): MeasuredPattern {
  if (text.length > MEASURED_CHARACTERS_MAX)
    throw refused(`The file holds ${text.length} characters; at most ${MEASURED_CHARACTERS_MAX} are read.`);
  const points: [angle: number, intensity: number][] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const point = readLine(line);
    if (!point) continue;
    points.push(point);
    if (points.length > POINTS_MAX) throw refused(`The file holds more than ${POINTS_MAX} points.`);
  }
  if (points.length < POINTS_LEAST)
    throw refused(
      `The file holds ${points.length} lines with an angle and a number; at least ${POINTS_LEAST} make a pattern. ` +
        'Save the scan as text with two columns (.xy, .csv, .dat).',
    );
  points.sort((a, b) => a[0] - b[0]);
  const pattern = mergeEqual(points);
  if (pattern.twoThetaDegrees.length < POINTS_LEAST)
    throw refused('The first column holds hardly any different angles: the scan must have 2θ there.');
  if (pattern.intensities.every((intensity) => intensity <= 0)) throw refused('Nothing was counted anywhere.');
  return pattern;
}

/** Between 0 and 180 degrees; null for a line that holds no point. */
function readLine(line: string): [number, number] | null {
  const parts = columnsOf(line.trim());
  if (parts.length < 2) return null;
  const [angle, intensity] = parts.slice(0, 2).map(readNumber) as [number, number];
  return angle > 0 && angle < 180 && Math.abs(intensity) < 1e15 ? [angle, intensity] : null;
}

function columnsOf(line: string): string[] {
  if (line.includes(';')) return line.split(';').map((part) => part.trim().replace(',', '.'));
  const byBlanks = line.split(/\s+/);
  if (byBlanks.length > 1 && byBlanks.every((part) => !part.endsWith(',')))
    return byBlanks.map((part) => part.replace(',', '.'));
  return line.split(/[,\s]+/);
}

const readNumber = (text: string) => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN);

function mergeEqual(points: readonly [number, number][]): MeasuredPattern {
  const pattern: MeasuredPattern = { twoThetaDegrees: [], intensities: [] };
  for (let i = 0; i < points.length; ) {
    let end = i;
    let sum = 0;
    for (; end < points.length && points[end]![0] === points[i]![0]; end++) sum += points[end]![1];
    pattern.twoThetaDegrees.push(points[i]![0]);
    pattern.intensities.push(sum / (end - i));
    i = end;
  }
  return pattern;
}

const refused = (why: string) => new KernelError('bad-pattern', why);
