// Equations of state with the built-in PBE pseudopotentials against the all-electron average of the ACWF verification:
// Bosoni et al., Nat. Rev. Phys. 6, 45 (2024); its data: results-unaries-verification-PBE-v1-AE-average.
// Prints V0, B0, B0' and the measures nu and epsilon of that paper for each crystal. usage: node scripts/equations-of-state.mjs [NAME ...]
import { cubicCells, loadCutoffs, runKernel } from './run-kernel.mjs';

const HARTREE_EV = 27.211386245988;
/** Volume of the primitive cell in angstrom^3, bulk modulus in eV/angstrom^3, its derivative by pressure. */
const crystals = {
  'Si diamond': { element: 'Si', kind: 'diamond', mesh: 8, ae: [40.914947, 0.552444, 4.311785] },
  'C diamond': { element: 'C', kind: 'diamond', mesh: 8, ae: [11.391523, 2.705192, 3.711074] },
  'Ge diamond': { element: 'Ge', kind: 'diamond', mesh: 8, ae: [47.82659, 0.367738, 4.86198] },
  'Al fcc': { element: 'Al', kind: 'fcc', mesh: 16, isMetal: true, ae: [16.49536, 0.483791, 4.623] },
  'Li bcc': { element: 'Li', kind: 'bcc', mesh: 12, isMetal: true, ae: [20.26747, 0.0866773, 3.346] },
  'Se sc': { element: 'Se', kind: 'sc', mesh: 12, isMetal: true, ae: [22.683411, 0.437874, 4.561059] },
  'Ca sc': { element: 'Ca', kind: 'sc', mesh: 10, isMetal: true, ae: [43.584913, 0.067224, 3.273074] },
  'B fcc': { element: 'B', kind: 'fcc', mesh: 18, isMetal: true, ae: [5.89155, 1.698505, 3.751728] },
  'C fcc': { element: 'C', kind: 'fcc', mesh: 16, isMetal: true, ae: [7.321635, 0.936082, 3.589575] },
  'Sn fcc': { element: 'Sn', kind: 'fcc', mesh: 14, isMetal: true, ae: [28.008843, 0.292552, 4.745222] },
};
const SCALES = [0.94, 0.96, 0.98, 1, 1.02, 1.04, 1.06];

const { familyCutoffs, familyDefaults } = await loadCutoffs();
const names = process.argv.slice(2);
console.log(
  '| crystal | cutoff (Ha) | V0 (Å³/atom) | B0 (GPa) | B0′ | ν | ε |\n| --- | --- | --- | --- | --- | --- | --- |',
);
for (const [name, crystal] of Object.entries(crystals)) {
  if (names.length && !names.includes(name)) continue;
  const reference = { v0: crystal.ae[0], b0: crystal.ae[1], b1: crystal.ae[2] };
  const atoms = crystal.kind === 'diamond' ? 2 : 1;
  let cutoff;
  const points = SCALES.map((scale) => {
    const volume = scale * reference.v0;
    const output = runKernel(inputOf(crystal, volume));
    if (!output.converged) throw new Error(`${name} at ${scale} of the volume did not converge`);
    cutoff = output.resolved.cutoffHartree;
    return { volume, energy: output.energyZeroWidthHartree * HARTREE_EV };
  });
  const ours = fitBirchMurnaghan(points);
  const show = (a, b, digits, unit = 1) => `${(a * unit).toFixed(digits)} (${(b * unit).toFixed(digits)})`;
  console.log(
    `| ${name} | ${cutoff} | ${show(ours.v0 / atoms, reference.v0 / atoms, 3)} | ${show(ours.b0, reference.b0, 1, 160.2176634)} | ${show(ours.b1, reference.b1, 2)} | ${nu(ours, reference).toFixed(2)} | ${epsilon(ours, reference).toFixed(3)} |`,
  );
}

function inputOf({ element, kind, mesh, isMetal }, volume) {
  const perLattice = { sc: 1, bcc: 2, fcc: 4, diamond: 4 }[kind];
  const a = Math.cbrt(volume * perLattice);
  const sites = [{ element, fractional: [0, 0, 0] }];
  if (kind === 'diamond') sites.push({ element, fractional: [0.25, 0.25, 0.25] });
  return {
    task: 'scf',
    structure: { cellAngstrom: (cubicCells[kind] ?? cubicCells.fcc)(a), sites },
    functional: 'pbe',
    cutoffHartree: familyCutoffs[element][familyDefaults.PBE[element]].stringent,
    kpoints: { mesh: [mesh, mesh, mesh] },
    gridScale: 1.25,
    ...(isMetal ? { occupations: { scheme: 'cold', widthHartree: 0.005 } } : {}),
    scf: { energyToleranceHartreePerAtom: 1e-10 },
    backend: 'system',
  };
}

/** E(V) of Birch and Murnaghan (Phys. Rev. 71, 809 (1947)), a cubic polynomial in V^(-2/3), by least squares. */
function fitBirchMurnaghan(points) {
  const size = 4;
  const origin = points[Math.floor(points.length / 2)];
  const rows = points.map(({ volume }) => {
    const x = (volume / origin.volume) ** (-2 / 3) - 1;
    return [1, x, x * x, x ** 3];
  });
  const A = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0)),
  );
  const b = Array.from({ length: size }, (_, i) =>
    rows.reduce((sum, row, p) => sum + row[i] * (points[p].energy - origin.energy), 0),
  );
  const c = solve(A, b);
  const energyAt = (volume) => {
    const x = (volume / origin.volume) ** (-2 / 3) - 1;
    return c[0] + x * (c[1] + x * (c[2] + x * c[3]));
  };
  // The minimum: dE/dx = 0.
  const disc = Math.sqrt(c[2] * c[2] - 3 * c[1] * c[3]);
  const x0 = c[3] === 0 ? -c[1] / (2 * c[2]) : (-c[2] + disc) / (3 * c[3]);
  const v0 = origin.volume * (1 + x0) ** -1.5;
  const h = 1e-3 * v0;
  const d2 = (energyAt(v0 + h) - 2 * energyAt(v0) + energyAt(v0 - h)) / h ** 2;
  const d3 = (energyAt(v0 + 2 * h) - 2 * energyAt(v0 + h) + 2 * energyAt(v0 - h) - energyAt(v0 - 2 * h)) / (2 * h ** 3);
  // B0 = V E'', B0' = -1 - V E'''/E''
  return { v0, b0: v0 * d2, b1: -1 - (v0 * d3) / d2 };
}

function solve(A, b) {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const factor = A[j][i] / A[i][i];
      for (let k = i; k < n; k++) A[j][k] -= factor * A[i][k];
      b[j] -= factor * b[i];
    }
  }
  const x = new Array(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    x[i] = (b[i] - A[i].reduce((sum, a, k) => sum + (k > i ? a * x[k] : 0), 0)) / A[i][i];
  }
  return x;
}

/** E(V) - E0 of the parameters, eV. */
function birchMurnaghan({ v0, b0, b1 }, volume) {
  const x = (v0 / volume) ** (2 / 3);
  return ((9 * v0 * b0) / 16) * ((x - 1) ** 3 * b1 + (x - 1) ** 2 * (6 - 4 * x));
}

/** nu = 100 sqrt(sum [w 2(a - b)/(a + b)]^2), w = 1, 1/20, 1/400 for V0, B0, B0'. */
function nu(a, b) {
  const part = (x, y, w) => ((w * 2 * (x - y)) / (x + y)) ** 2;
  return 100 * Math.sqrt(part(a.v0, b.v0, 1) + part(a.b0, b.b0, 1 / 20) + part(a.b1, b.b1, 1 / 400));
}

/** epsilon = sqrt(<(Ea - Eb)^2>/sqrt(var_a var_b)) over 6 % to both sides of the reference volume, each curve from its mean. */
function epsilon(a, b) {
  const volumes = Array.from({ length: 201 }, (_, i) => b.v0 * (0.94 + (0.12 * i) / 200));
  const centred = (p) => {
    const energies = volumes.map((v) => birchMurnaghan(p, v));
    const mean = energies.reduce((sum, e) => sum + e, 0) / energies.length;
    return energies.map((e) => e - mean);
  };
  const [ea, eb] = [centred(a), centred(b)];
  const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const difference = mean(ea.map((e, i) => (e - eb[i]) ** 2));
  return Math.sqrt(difference / Math.sqrt(mean(ea.map((e) => e * e)) * mean(eb.map((e) => e * e))));
}
