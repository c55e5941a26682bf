import { KernelError } from '../../core/errors';
import { elementBySymbol } from '../../crystal/elements';
import { electronsByAngularMomentum } from './configurations';
import type { GthParameters } from './gth';

/**
 * Reads a Goedecker-Teter-Hutter pseudopotential in ABINIT's format 10: title; `Z Zion date`; `10 pspxc lmax ...`;
 * `r_loc n c1..cn`; number of channels; per l `r n h11 h12 ..`, the other rows of the triangle, and for l >= 1
 * the triangle k_ij of spin-orbit coupling, which is read and left out.
 * @throws KernelError pseudopotential-invalid with the line that could not be read.
 */
export function parseAbinitGth(element: string, text: string): GthParameters {
  const lines = text.split(/\r?\n/).slice(1);
  let at = 0;
  const fail = (what: string): never => {
    // The title was taken off and `at` stands behind the line just read: together the number that an editor shows.
    const line = at + 1;
    throw new KernelError(
      'pseudopotential-invalid',
      `The pseudopotential of ${element} cannot be read: line ${line} should hold ${what}.`,
      { element, line },
    );
  };
  /** The numbers at the head of the next line; trailing words are remarks. */
  const readNumbers = (what: string, least: number): number[] => {
    const numbers: number[] = [];
    for (const word of (lines[at++] ?? '').trim().split(/\s+/)) {
      const value = Number(word.replace(/[dD]/, 'e'));
      if (word === '' || !Number.isFinite(value)) break;
      numbers.push(value);
    }
    if (numbers.length < least) fail(what);
    return numbers;
  };
  const [atomicNumber, valence] = readNumbers('the atomic number and the charge of the ion', 2) as [number, number];
  if (atomicNumber !== elementBySymbol(element).atomicNumber)
    fail(`the atomic number of ${element}, and holds ${atomicNumber}`);
  if (!(valence > 0 && valence <= atomicNumber))
    fail(`the charge of the ion, above 0 and up to ${atomicNumber}, and holds ${valence}`);
  if (readNumbers('the format code 10', 1)[0] !== 10) fail('the format code 10 (Goedecker-Teter-Hutter)');
  const [localRadius, localCount, ...localCoefficients] = readNumbers(
    'r_loc, the number of coefficients and the coefficients',
    2,
  ) as [number, number, ...number[]];
  if (!(localRadius > 0) || !isCount(localCount, 4) || localCoefficients.length < localCount)
    fail('r_loc > 0 and up to four coefficients');
  const channelCount = readNumbers('the number of projector channels', 1)[0]!;
  if (!isCount(channelCount, 4)) fail('the number of projector channels, from 0 to 4');
  const channels: GthParameters['channels'] = [];
  for (let l = 0; l < channelCount; l++) {
    const [radius, count, ...first] = readNumbers(`the radius, number and h_1j of the projectors with l = ${l}`, 2) as [
      number,
      number,
      ...number[],
    ];
    if (!isCount(count, 3) || (count > 0 && !(radius > 0))) fail('at most three projectors for l up to 3');
    const upper = first.slice(0, count);
    for (let row = 1; row < count; row++)
      upper.push(...readNumbers('a row of the triangle h_ij', count - row).slice(0, count - row));
    if (upper.length !== (count * (count + 1)) / 2) fail('the triangle h_ij');
    if (l > 0) for (let row = 0; row < count; row++) readNumbers('a row of the triangle k_ij', 1);
    channels.push({ radius, upper });
  }
  const electronsByL = electronsByAngularMomentum(atomicNumber, valence);
  return {
    element,
    name: 'given',
    valence,
    electronsByL,
    localRadius,
    localCoefficients: localCoefficients.slice(0, localCount),
    channels,
  };
}

function isCount(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}
