// Writes kernels/dispersion/d3-reference.data.ts from the published reference values of DFT-D3 as distributed in the file dftd3.dat
// (Debian package cp2k-data): rows of C6, two references (100 times the number of the reference + atomic number) and their
// coordination numbers. Usage: node scripts/make-d3-table.mjs [/usr/share/cp2k/dftd3.dat]
import { readFileSync, writeFileSync } from 'node:fs';

const source = process.argv[2] ?? '/usr/share/cp2k/dftd3.dat';
const [, count, ...numbers] = readFileSync(source, 'utf8').trim().split(/\s+/).map(Number);
const coordination = new Map();
const coefficients = new Map();
for (let row = 0; row < count; row++) {
  const [c6, one, other, cnOne, cnOther] = numbers.slice(5 * row, 5 * row + 5);
  coordination.set(one, cnOne);
  coordination.set(other, cnOther);
  coefficients.set(`${one} ${other}`, c6);
  coefficients.set(`${other} ${one}`, c6);
}
const references = [...coordination.keys()].sort((a, b) => (a % 100) - (b % 100) || a - b);
const rows = references.map((reference, i) =>
  references.slice(0, i + 1).map((other) => {
    const c6 = coefficients.get(`${reference} ${other}`);
    if (!(c6 > 0)) throw new Error(`no coefficient for ${reference} and ${other}`);
    return String(c6);
  }),
);
const atoms = references.map((reference) => `${reference % 100} ${coordination.get(reference)}`);
const head = `/**
 * Reference systems of DFT-D3 and the dispersion coefficients between them, from time-dependent density-functional theory on hydrides and free atoms:
 * S. Grimme, J. Antony, S. Ehrlich and H. Krieg, J. Chem. Phys. 132, 154104 (2010). Published figures.
 * Written by scripts/make-d3-table.mjs; do not edit.
 */
`;
const wrap = (words) => {
  const lines = [''];
  for (const word of words) {
    if (lines.at(-1).length + word.length > 200) lines.push('');
    lines[lines.length - 1] += lines.at(-1) === '' ? word : ` ${word}`;
  }
  return lines.join('\n');
};
writeFileSync(
  new URL('../kernels/dispersion/d3-reference.data.ts', import.meta.url),
  `${head}
/** "atomic number, coordination number" of every reference system, by element. */
export const d3References = \`
${wrap(atoms.map((atom) => `${atom},`))}
\`;

/** C6 in Ha bohr^6: the lower triangle by rows, references in the order above. */
export const d3Coefficients = \`
${wrap(rows.flat())}
\`;
`,
);
console.log(`${references.length} references, ${rows.flat().length} coefficients`);
