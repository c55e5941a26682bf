import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { functionalsById } from '@/kernels/planewave/functionals/functional';
import { familyEntry } from '@/kernels/planewave/pseudo/family';
import { parseAbinitGth } from '@/kernels/planewave/pseudo/parse-abinit-gth';
import { writeUpf } from '@/kernels/planewave/pseudo/write-upf';
import { isFullRun } from '../../../full-run';

interface Case {
  name: string;
  input: {
    structure: {
      cellAngstrom: number[][];
      sites: { element: string; fractional: number[] }[];
    };
    functional: keyof typeof functionalsById;
    cutoffHartree: number;
    kpoints: { mesh: number[]; shift: number[] };
    occupations: { scheme: string; widthHartree?: number };
    symmetry: boolean;
    fftGrid: number[];
    pseudopotentials?: Record<string, { text: string }>;
    pseudopotentialEntries?: Record<string, string>;
  };
  expected: {
    energyHartree: number;
    forcesHartreePerBohr?: number[][];
    stressHartreePerBohr3?: number[][] | null;
  };
}

const SMEARINGS: Record<string, string> = { gaussian: 'gauss', 'fermi-dirac': 'f-d', cold: 'm-v' };
const casesOf = (path: string): Case[] => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).cases : []);
const own = casesOf('tests/reference/planewave.json');
/** These were computed from UPF files that another program wrote; they hold forces and stress. */
const shared = casesOf('../shared/reference/planewave/cases.json');
const hasPwscf = (() => {
  try {
    execFileSync('which', ['pw.x']);
    return true;
  } catch {
    return false;
  }
})();

function run({ input }: Case): string {
  const folder = mkdtempSync(join(tmpdir(), 'brine-upf-'));
  const { structure, functional, kpoints, occupations, fftGrid } = input;
  const elements = [...new Set(structure.sites.map(({ element }) => element))];
  for (const element of elements) {
    const given = input.pseudopotentials?.[element];
    const parameters = given
      ? parseAbinitGth(element, given.text)
      : familyEntry(element, functionalsById[functional], input.pseudopotentialEntries?.[element]);
    writeFileSync(join(folder, `${element}.upf`), writeUpf(parameters, functionalsById[functional]));
  }
  const rows = (matrix: number[][]) => matrix.map((row) => row.map((x) => x.toFixed(12)).join(' ')).join('\n');
  const smearing = occupations.widthHartree
    ? `occupations='smearing', smearing='${SMEARINGS[occupations.scheme]}', degauss=${2 * occupations.widthHartree}`
    : "occupations='fixed'";
  const text = `&control calculation='scf', prefix='x', outdir='./', pseudo_dir='./', tprnfor=.true., tstress=.true. /
&system ibrav=0, nat=${structure.sites.length}, ntyp=${elements.length}, ecutwfc=${2 * input.cutoffHartree}, ${fftGrid.map((n, i) => `nr${i + 1}=${n}`).join(', ')}, ${smearing}, nosym=.${!input.symmetry}. /
&electrons conv_thr=1e-12, electron_maxstep=200 /
ATOMIC_SPECIES
${elements.map((element) => `${element} 1.0 ${element}.upf`).join('\n')}
CELL_PARAMETERS angstrom
${rows(structure.cellAngstrom)}
ATOMIC_POSITIONS crystal
${structure.sites.map(({ element, fractional }) => `${element} ${rows([fractional])}`).join('\n')}
K_POINTS automatic
${kpoints.mesh.join(' ')} ${kpoints.shift.map((s) => (s ? 1 : 0)).join(' ')}
`;
  writeFileSync(join(folder, 'x.in'), text);
  const one = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const root = { OMPI_ALLOW_RUN_AS_ROOT: '1', OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: '1' };
  try {
    execFileSync('pw.x', ['-in', 'x.in'], { cwd: folder, stdio: 'pipe', env: { ...process.env, ...one, ...root } });
    return readFileSync(join(folder, 'x.save/data-file-schema.xml'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function numbersOf(xml: string, tag: string): number[] {
  const output = xml.slice(xml.indexOf('<output>'));
  return new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`).exec(output)?.[1]?.trim().split(/\s+/).map(Number) ?? [];
}

const sample = isFullRun ? /disp|nitride|gan/ : /gaas_pw92\/disp|mgo_pbe\/disp|lanthanum|cerium/;
const cases = [...own, ...shared].filter(({ name, input }) => sample.test(name) && !('list' in input.kpoints));

describe.skipIf(!hasPwscf)('pw.x reads the files that we write', () => {
  it.each(cases.map((c) => [c.name, c] as const))('%s: energy, forces and stress', (_, c) => {
    const xml = run(c);
    const { energyHartree, forcesHartreePerBohr, stressHartreePerBohr3 } = c.expected;
    expect(Math.abs(numbersOf(xml, 'etot')[0]! - energyHartree)).toBeLessThan(5e-8);
    const [forces, stress] = [numbersOf(xml, 'forces'), numbersOf(xml, 'stress')];
    for (const [i, force] of (forcesHartreePerBohr ?? []).flat().entries())
      expect(forces[i]! - force).toBeCloseTo(0, 6);
    // The file's sign is that of a pressure.
    for (const [i, s] of (stressHartreePerBohr3 ?? []).flat().entries()) expect(stress[i]! + s).toBeCloseTo(0, 7);
  });
});
