// Writes kernels/planewave/pseudo/gth-family.data.ts from the published parameters as distributed in the file
// GTH_POTENTIALS (Debian package cp2k-data). Usage: node scripts/make-gth-family.mjs [/usr/share/cp2k/GTH_POTENTIALS]
import { readFileSync, writeFileSync } from 'node:fs';

const source = process.argv[2] ?? '/usr/share/cp2k/GTH_POTENTIALS';
const lines = readFileSync(source, 'utf8')
  .split('\n')
  .filter((line) => line.trim() && !line.startsWith('#'));
const entries = [];
const isHead = (line) => /^[A-Z][a-z]?\s+GTH-/.test(line.trim());
for (let at = 0; at < lines.length; ) {
  if (!isHead(lines[at])) {
    at++;
    continue;
  }
  const [element, name] = lines[at++].trim().split(/\s+/);
  const tokens = [];
  const firstLine = at;
  while (at < lines.length && !isHead(lines[at])) tokens.push(...lines[at++].trim().split(/\s+/).map(Number));
  if (!/^GTH-(PADE|PBE)-q\d+$/.test(name)) continue;
  const electronsByL = lines[firstLine].trim().split(/\s+/).map(Number);
  let next = electronsByL.length;
  const take = (count) => {
    next += count;
    return tokens.slice(next - count, next);
  };
  const [localRadius, localCount] = take(2);
  const localCoefficients = take(localCount);
  const [channelCount] = take(1);
  const channels = [];
  for (let l = 0; l < channelCount; l++) {
    const [radius, count] = take(2);
    channels.push([radius, ...take((count * (count + 1)) / 2)]);
  }
  if (next !== tokens.length || tokens.some(Number.isNaN)) throw new Error(`cannot read ${element} ${name}`);
  entries.push([element, name, electronsByL, localRadius, localCoefficients, channels]);
}
const head = `/**
 * Goedecker-Teter-Hutter pseudopotentials, LDA (PADE) and PBE. Published parameters:
 * Goedecker, Teter and Hutter, Phys. Rev. B 54, 1703 (1996); Hartwigsen, Goedecker and Hutter, Phys. Rev. B 58, 3641 (1998);
 * Krack, Theor. Chem. Acc. 114, 145 (2005); lanthanides (PBE): Lu, Yang, Li et al., J. Chem. Theory Comput. 15, 5987 (2019).
 * Written by scripts/make-gth-family.mjs; do not edit.
 * [element, name, electrons by l, r_loc, [c1..], [[r_l, h11, h12, .., h22, ..] by l]]; bohr and Ha.
 */
export type GthFamilyRow = readonly [string, string, readonly number[], number, readonly number[], readonly (readonly number[])[]];
export const gthFamily: readonly GthFamilyRow[] = [
`;
writeFileSync(
  new URL('../kernels/planewave/pseudo/gth-family.data.ts', import.meta.url),
  `${head}${entries.map((entry) => `  ${JSON.stringify(entry)},`).join('\n')}\n];\n`,
);
console.log(`${entries.length} entries of ${new Set(entries.map(([element]) => element)).size} elements`);
