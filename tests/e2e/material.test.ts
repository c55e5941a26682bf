import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { brine as brineIn } from './platform';

const { dataFolder } = inject('platform');
const folder = mkdtempSync(join(tmpdir(), 'brine-material-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const brine = (...args: string[]) => brineIn(args, { dataFolder, cwd: folder });
const SLUG = 'small-crystals';

test('a material is shown in the cell that is asked for', async () => {
  const given = JSON.parse((await brine('material', 'show', SLUG, 'Si-diamond')).stdout);
  expect(given).toMatchObject({ key: 'Si-diamond', formula: 'Si', cell: 'given' });
  const conventional = JSON.parse(
    (await brine('material', 'show', SLUG, 'Si-diamond', '--cell', 'conventional')).stdout,
  );
  expect(conventional).toMatchObject({ cell: 'conventional', cellNote: null });
  expect(conventional.structure.sites).toBe(8);
  expect(await brine('material', 'show', SLUG, 'Si-diamond', '--cell', 'odd')).toMatchObject({ status: 2, stdout: '' });
  const absent = await brine('material', 'show', SLUG, 'nothing');
  expect(absent).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('The entry') });
});

test('its kin are those of its prototype', async () => {
  const kin = JSON.parse((await brine('material', 'kin', SLUG, 'Si-diamond')).stdout);
  expect(kin.progress.total).toBeGreaterThanOrEqual(60);
  expect(Array.isArray(kin.duplicates)).toBe(true);
  expect(Array.isArray(kin.similar)).toBe(true);
});

test('lines of a structure file are listed, and a scan of them finds the material again', async () => {
  const { stdout: cif } = await brine('dataset', 'export', SLUG, '--filter', 'id="Si-diamond"', '--format', 'jsonl');
  const { attributes } = cif
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .find((line) => line.id === 'Si-diamond');
  const rows = (vectors: number[][]) => vectors.map((vector) => vector.join(' ')).join('\n');
  const sites = attributes.cartesian_site_positions;
  writeFileSync(
    join(folder, 'silicon.vasp'),
    `Si\n1.0\n${rows(attributes.lattice_vectors)}\nSi\n${sites.length}\nCartesian\n${rows(sites)}\n`,
  );
  const csv = await brine('material', 'pattern', 'silicon.vasp');
  expect(csv).toMatchObject({ status: 0, stderr: '' });
  expect(csv.stdout.split('\n')[0]).toBe('2theta_degrees,d_angstrom,intensity,hkl');
  const lines = JSON.parse((await brine('material', 'pattern', 'silicon.vasp', '--json')).stdout);
  expect(lines[0].twoThetaDegrees).toBeGreaterThan(28);
  expect(lines[0].twoThetaDegrees).toBeLessThan(28.6);

  // Counts of a powder: each line 0.2 degrees wide on a background.
  const scan = Array.from({ length: 4_000 }, (_, i) => {
    const angle = 10 + 0.02 * i;
    const counts = lines.reduce(
      (sum: number, line: { twoThetaDegrees: number; intensity: number }) =>
        sum + (1000 * line.intensity * Math.exp(-(((angle - line.twoThetaDegrees) / 0.1) ** 2))) / lines[0].intensity,
      20,
    );
    return `${angle.toFixed(2)} ${counts.toFixed(1)}`;
  });
  writeFileSync(join(folder, 'scan.xy'), scan.join('\n'));
  await expect
    .poll(
      async () => {
        const found = await brine('material', 'match', SLUG, 'scan.xy', '--elements', 'Si');
        return JSON.parse(found.stdout).matches[0]?.key;
      },
      { timeout: 60_000, interval: 1_000 },
    )
    .toBe('Si-diamond');
  expect(await brine('material', 'same', 'silicon.vasp', 'silicon.vasp')).toMatchObject({ status: 0 });
  writeFileSync(
    join(folder, 'nacl.vasp'),
    'NaCl\n1.0\n0 2.8 2.8\n2.8 0 2.8\n2.8 2.8 0\nNa Cl\n1 1\nDirect\n0 0 0\n.5 .5 .5\n',
  );
  const other = await brine('material', 'same', 'silicon.vasp', 'nacl.vasp');
  expect(other).toMatchObject({ status: 1, stdout: expect.stringContaining('false') });
});

test('what cannot be done says why', async () => {
  expect(await brine('material', 'pattern', 'absent.cif')).toMatchObject({ status: 2, stdout: '' });
  expect(await brine('material', 'pattern', 'silicon.vasp', '--anode', 'Xx')).toMatchObject({ status: 2 });
  expect(await brine('material', 'pattern', 'silicon.vasp', '--to', '200')).toMatchObject({ status: 2 });
  writeFileSync(join(folder, 'empty.xy'), 'no numbers\n');
  const bad = await brine('material', 'match', SLUG, 'empty.xy');
  expect(bad.status).toBe(2);
  expect(bad.stderr).not.toContain('    at ');
  expect(await brine('material')).toMatchObject({ status: 2 });
});
