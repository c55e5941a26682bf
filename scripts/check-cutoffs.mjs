// Checks the built-in family's cutoffs on crystals: by how much the pressure changes from a protocol's cutoff to 1.5 times it.
// Prints a table; the limits are 3 (fast), 1 (balanced) and 0.3 GPa (stringent). usage: node scripts/check-cutoffs.mjs [--mesh=N] [NAME ...]
// What the cutoff leaves hardly depends on the k-points: a mesh of N x N x N instead of 2 (insulators) or 4 (metals) is for large cells.
import { cubicCells, loadCutoffs, runKernel } from './run-kernel.mjs';

const GPA = 29421.02648438959;
const LIMITS_GPA = { fast: 3, balanced: 1, stringent: 0.3 };
const { familyCutoffs, familyDefaults } = await loadCutoffs();

const rocksalt = (a, b, lattice) => cubic('fcc', lattice, [a, [0, 0, 0]], [b, [0.5, 0.5, 0.5]]);
const zincblende = (a, b, lattice) => cubic('fcc', lattice, [a, [0, 0, 0]], [b, [0.25, 0.25, 0.25]]);
const metal = (kind, element, lattice) => ({ ...cubic(kind, lattice, [element, [0, 0, 0]]), isMetal: true });
/** Experimental lattice constants in angstrom, as handbooks have them. */
const crystals = {
  Si: zincblende('Si', 'Si', 5.431),
  C: zincblende('C', 'C', 3.567),
  SiC: zincblende('Si', 'C', 4.36),
  BN: zincblende('B', 'N', 3.616),
  GaAs: zincblende('Ga', 'As', 5.653),
  NaCl: rocksalt('Na', 'Cl', 5.64),
  LiF: rocksalt('Li', 'F', 4.026),
  MgO: rocksalt('Mg', 'O', 4.212),
  CaS: rocksalt('Ca', 'S', 5.69),
  CaO: rocksalt('Ca', 'O', 4.811),
  TiO2: {
    cell: [
      [4.594, 0, 0],
      [0, 4.594, 0],
      [0, 0, 2.959],
    ],
    sites: [
      ['Ti', [0, 0, 0]],
      ['Ti', [0.5, 0.5, 0.5]],
      ['O', [0.305, 0.305, 0]],
      ['O', [0.695, 0.695, 0]],
      ['O', [0.805, 0.195, 0.5]],
      ['O', [0.195, 0.805, 0.5]],
    ],
  },
  Al: metal('fcc', 'Al', 4.05),
  Cu: metal('fcc', 'Cu', 3.615),
  Fe: metal('bcc', 'Fe', 2.866),
  // Not all of these lattices are the elements' own: what matters is the shell of d electrons.
  Ti: metal('fcc', 'Ti', 4.11),
  V: metal('bcc', 'V', 3.027),
  Cr: metal('bcc', 'Cr', 2.885),
  Mn: metal('fcc', 'Mn', 3.5),
  Co: metal('fcc', 'Co', 3.545),
  Ni: metal('fcc', 'Ni', 3.524),
  Zn: metal('fcc', 'Zn', 3.93),
  Nb: metal('bcc', 'Nb', 3.301),
  Mo: metal('bcc', 'Mo', 3.147),
  Ru: metal('fcc', 'Ru', 3.8),
  Rh: metal('fcc', 'Rh', 3.803),
  Pd: metal('fcc', 'Pd', 3.891),
  Ag: metal('fcc', 'Ag', 4.086),
  Ta: metal('bcc', 'Ta', 3.301),
  W: metal('bcc', 'W', 3.165),
  Ir: metal('fcc', 'Ir', 3.839),
  Pt: metal('fcc', 'Pt', 3.924),
  Au: metal('fcc', 'Au', 4.078),
};

function cubic(kind, lattice, ...sites) {
  return { cell: cubicCells[kind](lattice), sites };
}

const names = process.argv.slice(2).filter((name) => !name.startsWith('--'));
const ownMesh = Number(/--mesh=(\d+)/.exec(process.argv.join(' '))?.[1] ?? 0);
console.log(
  '| crystal | cutoffs (Ha) | fast (GPa) | balanced (GPa) | stringent (GPa) |\n| --- | --- | --- | --- | --- |',
);
for (const [name, crystal] of Object.entries(crystals)) {
  if (names.length && !names.includes(name)) continue;
  const elements = [...new Set(crystal.sites.map(([element]) => element))];
  const cutoffOf = (protocol) =>
    Math.max(...elements.map((element) => familyCutoffs[element][familyDefaults.PBE[element]][protocol]));
  const protocols = Object.keys(LIMITS_GPA);
  const changes = protocols.map((protocol) => {
    const cutoff = cutoffOf(protocol);
    const change = pressureGpa(crystal, cutoff) - pressureGpa(crystal, 1.5 * cutoff);
    return `${change.toFixed(2)}${Math.abs(change) < LIMITS_GPA[protocol] ? '' : ' (over)'}`;
  });
  console.log(`| ${name} | ${protocols.map(cutoffOf).join(', ')} | ${changes.join(' | ')} |`);
}

function pressureGpa({ cell, sites, isMetal }, cutoffHartree) {
  const points = ownMesh || (isMetal ? 4 : 2);
  const mesh = [points, points, points];
  const { stressHartreePerBohr3: s } = runKernel({
    task: 'scf',
    structure: { cellAngstrom: cell, sites: sites.map(([element, fractional]) => ({ element, fractional })) },
    functional: 'pbe',
    cutoffHartree,
    kpoints: { mesh },
    ...(isMetal ? { occupations: { scheme: 'cold', widthHartree: 0.01 } } : {}),
    stress: true,
    scf: { energyToleranceHartreePerAtom: 1e-10 },
    backend: 'system',
  });
  return (-(s[0][0] + s[1][1] + s[2][2]) / 3) * GPA;
}
