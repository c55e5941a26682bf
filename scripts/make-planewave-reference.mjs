// Makes tests/reference/planewave.json: total energies, terms and eigenvalues of Quantum ESPRESSO's pw.x (Debian package
// quantum-espresso 6.7) for cases that other references lack: other elements, functionals, smearings, low symmetry, shifts.
// Both engines read the same Goedecker-Teter-Hutter files and use the same real-space grid. Usage: node scripts/make-planewave-reference.mjs [NAME ...]: with names only those are computed anew.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { referenceCases as cases } from './planewave-cases.data.mjs';
import { readPwscf, runPwscf } from './pw-case.mjs';

const path = new URL('../tests/reference/planewave.json', import.meta.url);
const names = process.argv.slice(2);
const known = names.length ? JSON.parse(readFileSync(path, 'utf8')).cases : [];
const results = cases.map((c) => {
  const kept = known.find(({ name }) => name === c.name);
  if (kept && !names.includes(c.name)) return kept;
  const folder = mkdtempSync(join(tmpdir(), 'pw-reference-'));
  const reduced = { ...c, hasSymmetry: (c.hasSymmetry ?? true) && !c.shift?.some(Boolean) };
  const expected = readPwscf(folder, runPwscf(reduced, folder), c);
  rmSync(folder, { recursive: true });
  console.log(
    c.name,
    expected.energyHartree,
    JSON.stringify(expected.termsHartree),
    expected.fermiHartree,
    expected.kpoints.length,
  );
  return { name: c.name, input: engineInput(c), expected };
});
writeFileSync(
  path,
  `${JSON.stringify({ origin: 'Quantum ESPRESSO 6.7 (Debian), conv_thr 1e-13 Ry, by scripts/make-planewave-reference.mjs', cases: results }, null, 1)}\n`,
);

/** The same case as our engine takes it. */
function engineInput(c) {
  return {
    task: 'scf',
    structure: {
      cellAngstrom: c.cell,
      periodic: [true, true, true],
      sites: c.sites.map(([element, fractional, momentBohrMagneton]) => ({
        element,
        fractional,
        ...(momentBohrMagneton ? { momentBohrMagneton } : {}),
      })),
    },
    functional: c.functional,
    cutoffHartree: c.cutoffHartree,
    kpoints: c.list ? { list: c.list } : { mesh: c.mesh, shift: c.shift ?? [0, 0, 0] },
    occupations: c.occupations ?? { scheme: 'fixed' },
    ...(c.sites.some(([, , moment]) => moment)
      ? { spin: { kind: 'collinear', totalMagnetisation: c.totalMagnetisation ?? null } }
      : {}),
    // Of a shifted mesh pw.x takes all points; ours reduces with what the shift leaves, and must get the same.
    symmetry: c.hasSymmetry ?? true,
    pseudopotentialEntries: c.entries,
    fftGrid: c.grid,
    ...(c.energyToleranceHartreePerAtom
      ? { scf: { energyToleranceHartreePerAtom: c.energyToleranceHartreePerAtom } }
      : {}),
  };
}
