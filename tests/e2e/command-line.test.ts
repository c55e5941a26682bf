import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { aluminiumPhosphideCif, cif, siliconCalculation, siliconCif, siliconStructure } from './crystals';
import { brine as brineIn, makeDataFolder, removeDataFolder } from './platform';

const { dataFolder } = inject('platform');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'brine-command-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** From the folder of the test, so that paths are meant from where the person stands. */
const brine = (...args: string[]) => brineIn(args, { dataFolder, cwd: folder });

function write(name: string, content: unknown): string {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
}
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

describe('kernel planewave', () => {
  const input = {
    task: 'scf',
    structure: siliconStructure,
    functional: 'lda-pw92',
    cutoffHartree: 6,
    kpoints: { mesh: [2, 2, 2], shift: [0, 0, 0] },
    occupations: { scheme: 'fixed' },
  };

  test('0 and an output file with the named fields when it is done', async () => {
    const run = await brine('kernel', 'planewave', '--input', write('in.json', input), '--output', 'out.json');
    expect(run).toMatchObject({ status: 0, stdout: '' });
    const output = read('out.json');
    expect(output).toMatchObject({
      converged: true,
      energyHartree: expect.any(Number),
      fermiHartree: expect.any(Number),
      version: expect.any(String),
      timings: expect.any(Object),
      iterations: expect.any(Array),
    });
    const terms = Object.values(output.termsHartree as Record<string, number>);
    expect(Object.keys(output.termsHartree)).toEqual(
      expect.arrayContaining(['oneElectron', 'hartree', 'exchangeCorrelation', 'ewald', 'smearing']),
    );
    expect(terms.reduce((sum, term) => sum + term, 0)).toBeCloseTo(output.energyHartree, 9);
    const { kpoints, valuesHartree } = output.eigenvalues;
    expect(kpoints.reduce((sum: number, { weight }: { weight: number }) => sum + weight, 0)).toBeCloseTo(1, 10);
    expect(valuesHartree[0]).toHaveLength(kpoints.length);
  });

  test('2 and a sentence at bad input', async () => {
    const faulty = write('bad.json', { ...input, cutoffHartree: -1 });
    const run = await brine('kernel', 'planewave', '--input', faulty, '--output', 'bad-out.json');
    expect(run).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('cutoffHartree') });
    expect(await brine('kernel', 'planewave', '--input', 'absent.json', '--output', 'x.json')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('absent.json'),
    });
    expect(await brine('kernel', 'planewave', '--input', write('no.json', '{'), '--output', 'x.json')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('not JSON'),
    });
    expect(await brine('kernel', 'planewave')).toMatchObject({ status: 2 });
    expect(await brine('kernel', 'nothing', '--input', 'a', '--output', 'b')).toMatchObject({ status: 2 });
  });

  test('3, with its history, when it does not converge', async () => {
    const short = write('short.json', { ...input, scf: { maxIterations: 2 } });
    expect(await brine('kernel', 'planewave', '--input', short, '--output', 'short-out.json')).toMatchObject({
      status: 3,
    });
    const output = read('short-out.json');
    expect(output.converged).toBe(false);
    expect(output.iterations).toHaveLength(2);
  });
});

describe('structure', () => {
  test('inspect --json tells formula, cell, space group, Wyckoff letters and the derived cells', async () => {
    const { status, stdout } = await brine('structure', 'inspect', write('AlP.cif', aluminiumPhosphideCif), '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ formula: 'AlP', spaceGroupNumber: 216, issues: [] });
    const { sites, wyckoffLetters, primitive, conventional, volumeAngstrom3 } = JSON.parse(stdout);
    expect(sites).toHaveLength(8);
    expect([...new Set(wyckoffLetters)]).toHaveLength(2);
    expect([primitive.sites.length, conventional.sites.length]).toEqual([2, 8]);
    expect(volumeAngstrom3).toBeCloseTo(5.4635 ** 3, 6);
  });

  test('convert keeps the crystal through every format', async () => {
    write('Si.cif', siliconCif);
    const names = ['Si.cif', 'POSCAR', 'Si.xyz', 'Si.json', 'back.cif'];
    for (const [i, name] of names.slice(1).entries())
      expect(await brine('structure', 'convert', names[i]!, name)).toEqual({ status: 0, stdout: '', stderr: '' });
    const { stdout } = await brine('structure', 'inspect', 'back.cif', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ formula: 'Si', spaceGroupNumber: 227 });
    expect(JSON.parse(stdout).volumeAngstrom3).toBeCloseTo(5.431 ** 3, 4);
  });

  test('2 and a sentence for what is no sound structure', async () => {
    const faults: [string, string, RegExp][] = [
      ['garbage.cif', 'no structure at all\n', /\w/],
      ['partial.cif', cif([['Fe', 0, 0, 0, 0.5]]), /partly occupied/],
      [
        'overlap.cif',
        cif([
          ['Si', 0, 0, 0],
          ['Si', 0, 0, 0.05],
        ]),
        /0\.250 angstrom apart/,
      ],
      ['flat.cif', cif([['Si', 0, 0, 0]], { lengthsAngstrom: [5, 5, 0] }), /volume|length/],
    ];
    for (const [name, text, sentence] of faults) {
      const { status, stdout, stderr } = await brine('structure', 'inspect', write(name, text), '--json');
      expect(status, name).toBe(2);
      expect(stdout === '' ? stderr : JSON.stringify(JSON.parse(stdout).issues), name).toMatch(sentence);
      expect(stderr, name).not.toMatch(/\bat .*\.(m?js|ts):\d+/);
    }
    expect(await brine('structure', 'inspect', 'absent.cif')).toMatchObject({ status: 2 });
    expect(await brine('structure', 'convert', 'Si.cif', 'Si.unknown')).toMatchObject({ status: 2 });
    expect(await brine('structure')).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('calculations of the running platform', () => {
  test('run --wait prints the result as JSON alone; show and list agree', { timeout: 120_000 }, async () => {
    const file = write('silicon.json', siliconCalculation());
    const run = await brine('run', file, '--wait');
    expect(run.status, run.stderr).toBe(0);
    const done = JSON.parse(run.stdout);
    expect(done).toMatchObject({ state: 'finished', exitCode: 0, inputs: expect.any(Object) });
    expect(done.results.scf.converged).toBe(true);
    expect(done.results.properties.bands.ticks.map(({ label }: { label: string }) => label)).toContain('Γ');
    const shown = await brine('show', done.id, '--json');
    expect(JSON.parse(shown.stdout)).toEqual(done);
    const listed = JSON.parse((await brine('list', '--json')).stdout);
    const entry = listed.find(({ id }: { id: string }) => id === done.id);
    expect(entry).toMatchObject({ id: done.id, state: 'finished', exitCode: 0, inputs: expect.any(Object) });
    expect(entry).not.toHaveProperty('results');
    expect((await brine('show', done.id)).stdout).toMatch(/gap\s+\d\.\d+ eV/);
  });

  test('run gives the id at once, and kill stops it', { timeout: 120_000 }, async () => {
    const file = write('long.json', siliconCalculation({ cutoffHartree: 14, mesh: [8, 8, 8], symmetry: false }));
    const run = await brine('run', file, '--no-cache', '--json');
    const { id } = JSON.parse(run.stdout);
    const killed = await brine('kill', id, '--json');
    expect(killed.status, killed.stderr).toBe(0);
    expect(JSON.parse(killed.stdout)).toEqual({ id, state: 'killed' });
    expect(JSON.parse((await brine('show', id, '--json')).stdout)).toMatchObject({ state: 'killed' });
  });

  test('3 when a calculation does not converge', { timeout: 120_000 }, async () => {
    const file = write('open.json', siliconCalculation({ maxIterations: 2 }));
    const run = await brine('run', file, '--wait', '--no-cache');
    expect(run.status, run.stderr).toBe(3);
    expect(JSON.parse(run.stdout)).toMatchObject({ state: 'failed', exitCode: 3, failure: { code: 'not-converged' } });
  });

  test('2 for input that cannot be computed, with the sentence on standard error alone', async () => {
    const noStructure = write('overlap.json', {
      ...siliconCalculation(),
      structure: {
        text: cif([
          ['Si', 0, 0, 0],
          ['Si', 0, 0, 0.05],
        ]),
        fileName: 'overlap.cif',
      },
    });
    const faults: [string[], RegExp][] = [
      [['run', write('broken.json', '{'), '--wait'], /not JSON/],
      [['run', write('empty.json', {}), '--wait'], /not a calculation/],
      [['run', noStructure, '--wait'], /angstrom apart/],
      [['run', write('none.json', siliconCalculation({ cutoffHartree: 10_000 })), '--wait'], /cutoff/i],
      [['run', 'absent.json'], /absent\.json/],
      [['show', 'no-id', '--json'], /no-id/],
      [['show', '00000000-0000-7000-8000-000000000000', '--json'], /not found/],
      [['kill', '00000000-0000-7000-8000-000000000000'], /not found/],
      [['list', '--unknown'], /unknown/],
      [['nonsense'], /no command nonsense/],
    ];
    for (const [args, sentence] of faults) {
      const run = await brine(...args);
      expect(run, args.join(' ')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(sentence) });
    }
  });

  test('1 and a sentence where no platform runs', async () => {
    const elsewhere = makeDataFolder();
    const run = await brineIn(['list', '--json'], { dataFolder: elsewhere });
    expect(run).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('npm start') });
    await removeDataFolder(elsewhere);
  });
});

test('--help everywhere', async () => {
  const all = await brine('--help');
  expect(all).toMatchObject({ status: 0, stderr: '' });
  const names = [...all.stdout.matchAll(/^ {2}(\w+) {2,}\S/gm)].map(([, name]) => name!);
  expect(names).toEqual(
    expect.arrayContaining(['start', 'run', 'show', 'list', 'kill', 'kernel', 'structure', 'bench']),
  );
  for (const name of names) {
    const { status, stdout } = await brine(name, '--help');
    expect(status, name).toBe(0);
    expect(stdout, name).toMatch(name === 'kernel' ? /--input/ : new RegExp(`brine ${name}`));
  }
});
