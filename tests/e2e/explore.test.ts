import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { problemsInBoth } from './axe';
import { hasBrowser, launchBrowser, visit } from './browser';
import { connect } from './client';
import { sees } from './notebook-page';
import { brine } from './platform';

const platform = inject('platform');
const { origin, address } = platform;
const client = connect(platform);
let browser: Browser;
let page: Page;
let complaints: string[];
beforeAll(async () => {
  if (!hasBrowser) return;
  browser = await launchBrowser();
  ({ page, complaints } = await visit(browser, address, { reducedMotion: 'reduce' }));
});
afterAll(() => browser?.close());

/** Rock salt: [cation, anion, lattice parameter (Å), energy (eV per atom)]. */
const salts = [
  ['Li', 'F', 4.03, -3.1],
  ['Li', 'Cl', 5.13, -2.1],
  ['Na', 'F', 4.62, -2.9],
  ['Na', 'Cl', 5.64, -2.0],
  ['K', 'Cl', 6.29, -2.2],
] as const;

/** A database as another program wrote it; the energy of one was not computed. */
function database(): Buffer {
  const head = { 'x-optimade': { meta: { api_version: '1.2.0' } } };
  const entries = salts.map(([cation, anion, a, energy], i) => ({
    type: 'structures',
    id: `salt-${i + 1}`,
    attributes: {
      ...{ nelements: 2, nsites: 2, nperiodic_dimensions: 3, dimension_types: [1, 1, 1], structure_features: [] },
      elements: [cation, anion].sort(),
      last_modified: '2024-01-01T00:00:00Z',
      lattice_vectors: [
        [0, a / 2, a / 2],
        [a / 2, 0, a / 2],
        [a / 2, a / 2, 0],
      ],
      cartesian_site_positions: [
        [0, 0, 0],
        [a / 2, a / 2, a / 2],
      ],
      species: [cation, anion].map((name) => ({ name, chemical_symbols: [name], concentration: [1] })),
      species_at_sites: [cation, anion],
      _salts_formation_energy: i === 4 ? null : energy,
    },
  }));
  const info = {
    type: 'info',
    id: 'structures',
    properties: {
      _salts_formation_energy: {
        ...{ title: 'Formation energy', description: 'From the elements.', type: ['number', 'null'] },
        'x-optimade-unit': 'eV/atom',
        'x-optimade-type': 'float',
      },
    },
  };
  return gzipSync([head, info, ...entries].map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/** Counts of a powder of rock salt with copper radiation: lines 0.2° wide on a background. */
function scanOfSalt(): Buffer {
  const lines = [
    [27.37, 90],
    [31.7, 1000],
    [45.44, 650],
    [53.86, 20],
    [56.47, 210],
    [66.22, 90],
    [75.29, 240],
  ] as const;
  const points = Array.from({ length: 3500 }, (_, i) => 10 + i / 50);
  const counts = (angle: number) =>
    50 + lines.reduce((sum, [at, height]) => sum + height * Math.exp(-4 * Math.LN2 * ((angle - at) / 0.2) ** 2), 0);
  return Buffer.from(points.map((angle) => `${angle.toFixed(2)} ${counts(angle).toFixed(1)}`).join('\n'));
}

const found = (count: number) => sees(page.getByRole('status').filter({ hasText: new RegExp(`^${count} of 5$`) }));
const rows = () =>
  page
    .getByRole('region', { name: /^Entries of/ })
    .getByRole('rowheader')
    .allTextContents();

describe.skipIf(!hasBrowser)('a database of another program', () => {
  test('what is none is refused in words', async () => {
    await page.goto(`${origin}/explore`);
    await sees(page.getByRole('heading', { name: 'Explore', level: 1 }));
    await page
      .getByLabel('File of a database')
      .setInputFiles({ name: 'notes.jsonl', mimeType: 'text/plain', buffer: Buffer.from('these are my notes\n') });
    await page.getByRole('button', { name: 'Bring it' }).click();
    await sees(page.getByText(/Nothing of notes.jsonl could be taken/));
    await page.getByRole('button', { name: 'Remove notes' }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByRole('link', { name: 'notes' }).waitFor({ state: 'detached' });
  });

  test('is brought from a file, and browsed at once', async () => {
    await page.goto(`${origin}/explore`);
    await page
      .getByLabel('File of a database')
      .setInputFiles({ name: 'salts.jsonl.gz', mimeType: 'application/gzip', buffer: database() });
    await page.getByLabel('Name of the database').fill('Rock salts');
    await page.getByRole('button', { name: 'Bring it' }).click();
    await sees(page.getByText('5 entries, 1 property'));
    expect(await problemsInBoth(page)).toEqual([]);
    await page.getByRole('link', { name: 'Rock salts' }).click();
    await found(5);
    expect(await problemsInBoth(page)).toEqual([]);
  });

  test('elements, words and drawn ranges narrow it; the address brings the same back', async () => {
    await page.getByRole('button', { name: /^Chlorine/ }).click();
    await found(3);
    await page.getByLabel('Formation energy, to').fill('-2.05');
    await page.keyboard.press('Enter');
    await found(1);
    await expect.poll(rows).toEqual(['LiCl']);
    await page.reload();
    await found(1);
    await expect.poll(rows).toEqual(['LiCl']);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await found(5);
    await page.getByLabel('Search', { exact: true }).fill('NaCl');
    await found(1);
    await page.getByLabel('Search', { exact: true }).fill('elements HAS "F" AND _salts_formation_energy < -3');
    await found(1);
    await expect.poll(rows).toEqual(['LiF']);
    await page.getByLabel('Search', { exact: true }).fill('elements HAS');
    await sees(page.locator('[aria-invalid=true]'));
    await page.getByLabel('Search', { exact: true }).fill('');
    await found(5);
    await page.getByLabel('Formation energy: whether it is known').selectOption('absent');
    await found(1);
    await expect.poll(rows).toEqual(['KCl']);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await found(5);
  });

  test('it is sorted, and drawn', async () => {
    await page
      .getByRole('columnheader', { name: /Formation energy/ })
      .getByRole('button')
      .click();
    await expect.poll(rows).toEqual(['LiF', 'NaF', 'LiCl', 'NaCl', 'KCl']);
    await page.getByText('Plot', { exact: true }).click();
    await sees(page.locator('.plot-container'));
    expect(await problemsInBoth(page)).toEqual([]);
    await page.getByText('Table', { exact: true }).click();
  });

  test('a material shows its values, its stability and its kin', async () => {
    await page.getByRole('link', { name: 'NaCl' }).click();
    await sees(page.getByRole('heading', { level: 1, name: /NaCl/ }));
    await sees(
      page
        .getByRole('heading', { name: 'Stability in Na–Cl' })
        .or(page.getByRole('heading', { name: 'Stability in Cl–Na' })),
    );
    await sees(page.getByText(/On the convex hull/));
    await sees(page.locator('.plot-container').first());
    await sees(page.getByRole('heading', { name: /Of its prototype/ }));
    expect(await problemsInBoth(page)).toEqual([]);
  });

  test('another cell has other sites and other indices, and stands in the address', async () => {
    const diffraction = page.getByRole('region', { name: 'Diffraction' });
    await page.getByText('Conventional', { exact: true }).click();
    await page.waitForURL(/cell=conventional/);
    await sees(page.getByText(/8 atoms in the cell/));
    await diffraction.getByText('The numbers as a table').click();
    await sees(diffraction.getByRole('rowheader', { name: '(2 0 0)', exact: true }));
    await diffraction.getByLabel('Radiation').selectOption('Mo');
    await page.reload();
    await page.waitForURL(/xray=Mo/);
    await diffraction.getByText('The numbers as a table').click();
    // 2 asin(0.710747 / (2 x 2.82)), the plane 200 of 5.64 angstrom.
    await sees(diffraction.getByRole('row', { name: /\(2 0 0\) 14\.479° 2\.8200 100\.0 6/ }));
  });

  test('a measured pattern is drawn over it, and finds its entry; what is none is refused in words', async () => {
    const diffraction = page.getByRole('region', { name: 'Diffraction' });
    await diffraction.getByLabel('Radiation').selectOption('Cu');
    const file = diffraction.getByLabel('File of a measured pattern');
    await file.setInputFiles({ name: 'notes.xy', mimeType: 'text/plain', buffer: Buffer.from('no numbers here') });
    await sees(diffraction.getByText(/notes.xy: The file holds 0 lines/));
    await file.setInputFiles({ name: 'scan.xy', mimeType: 'text/plain', buffer: scanOfSalt() });
    await sees(diffraction.getByText(/scan.xy/));
    await diffraction.getByLabel('Only of these elements').fill('');
    await expect
      .poll(
        async () => {
          await diffraction.getByRole('button', { name: 'Find entries that fit' }).click();
          return diffraction.getByRole('status').filter({ hasText: 'entries compared' }).textContent();
        },
        { timeout: 60_000 },
      )
      .toMatch(/5 entries compared/);
    expect(await diffraction.getByRole('table').last().getByRole('rowheader').first().textContent()).toBe('NaCl');
    expect(await problemsInBoth(page)).toEqual([]);
    await page.goto(`${origin}/match?dataset=rock-salts`);
    await sees(page.getByRole('heading', { level: 1 }));
    await page
      .getByLabel('File of a measured pattern')
      .setInputFiles({ name: 'scan.xy', mimeType: 'text/plain', buffer: scanOfSalt() });
    await sees(page.locator('.plot-container'));
    expect(await problemsInBoth(page)).toEqual([]);
  });

  test('marked entries are compared, what differs is marked', async () => {
    await page.goto(`${origin}/explore/rock-salts`);
    await found(5);
    await page.getByLabel('Mark salt-1').check();
    await page.getByLabel('Mark salt-4').check();
    await page.getByRole('link', { name: 'Compare 2' }).click();
    await sees(page.getByRole('heading', { level: 1, name: 'Compare' }));
    const row = page.getByRole('row', { name: /Formation energy/ });
    await sees(row.getByText('−3.1', { exact: true }));
    await sees(row.getByText('differs'));
    await page.getByLabel('Only what differs').check();
    await page.getByRole('row', { name: /Space group/ }).waitFor({ state: 'detached' });
    await page.getByLabel('Another entry of rock-salts').fill('salt-5');
    await page.getByRole('button', { name: 'Add' }).click();
    await sees(page.getByRole('columnheader', { name: /salt-5/ }));
    await sees(page.getByText('not computed').first());
    await page.getByRole('link', { name: 'Take salt-1 out of the comparison' }).click();
    await page.getByRole('columnheader', { name: /salt-1/ }).waitFor({ state: 'detached' });
    await sees(page.locator('.plot-container'));
    expect(await problemsInBoth(page)).toEqual([]);
  });

  test('on a phone nothing of it is wider than the screen', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of [
      '/explore/rock-salts/salt-4',
      '/compare?with=rock-salts/salt-1&with=rock-salts/salt-4',
      '/match?dataset=rock-salts',
    ]) {
      await page.goto(`${origin}${path}`);
      await sees(page.getByRole('heading', { level: 1 }));
      const { scrollWidth } = await page.evaluate(() => ({ scrollWidth: document.documentElement.scrollWidth }));
      expect(scrollWidth, path).toBeLessThanOrEqual(390);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('a calculation begins with a material', async () => {
    await page.goto(`${origin}/explore/rock-salts/salt-4`);
    await page.getByRole('button', { name: 'Compute with it here' }).click();
    await page.waitForURL(/\/drafts\/[^/]+\//);
    await sees(page.getByRole('main').getByText(/NaCl/));
  });

  test('what was found is downloaded, in the order and with the columns of the page', async () => {
    await page.goto(`${origin}/explore/rock-salts?in=Cl&sort=_salts_formation_energy&cols=_salts_formation_energy`);
    await found(3);
    await page.getByRole('button', { name: 'Download' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /^CSV/ }).click(),
    ]);
    expect(readFileSync(await file.path(), 'utf8')).toBe(
      'id,formula,Formation energy (eV/atom)\r\nsalt-2,LiCl,-2.1\r\nsalt-4,NaCl,-2\r\nsalt-5,KCl,\r\n',
    );
    await page.getByRole('button', { name: 'Download' }).click();
    await page.getByRole('menuitem', { name: /OPTIMADE address/ }).click();
    await sees(page.getByText('elements HAS ALL "Cl"', { exact: true }));
    expect(await problemsInBoth(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  test('a query is saved and a result frozen, and compared with what is found later', async () => {
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('menuitem', { name: 'Save this query' }).click();
    await page.getByLabel('Name').fill('All chlorides');
    await page.keyboard.press('Enter');
    await sees(page.getByText('Saved as “All chlorides”'));
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('menuitem', { name: /^Freeze this result/ }).click();
    await page.getByLabel('Name').fill('Chlorides of today');
    await page.getByRole('button', { name: 'Freeze it' }).click();
    await sees(page.getByRole('heading', { level: 1, name: 'Chlorides of today' }));
    await page.getByRole('button', { name: 'Compare with today' }).click();
    await sees(page.getByText(/The query finds the same today/));
    expect(await problemsInBoth(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.goto(`${origin}/explore`);
    await sees(page.getByRole('link', { name: 'All chlorides' }));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('link', { name: 'All chlorides' }).click();
    await found(3);
  });

  test('the command line exports, freezes and compares the same', async () => {
    const run = (...args: string[]) => brine(['dataset', ...args], { dataFolder: platform.dataFolder, cwd: '/tmp' });
    const exported = await run(
      'export',
      'rock-salts',
      '--filter',
      'elements HAS "F"',
      '--sort=-id',
      '--columns',
      'sites',
    );
    expect(exported).toMatchObject({ status: 0, stdout: 'id,formula,Atoms\r\nsalt-3,NaF,2\r\nsalt-1,LiF,2\r\n' });
    const { sets } = JSON.parse((await run('kept', '--json')).stdout);
    expect(sets).toMatchObject([{ name: 'Chlorides of today', entryCount: 3 }]);
    expect(await run('compare', sets[0].id)).toMatchObject({ status: 0, stdout: 'the same\n' });
    expect(await run('forget', sets[0].id)).toMatchObject({ status: 0 });
    expect(await run('import', 'http://127.0.0.1:9/x.jsonl')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('BRINE_FETCH_ALLOW'),
    });
  });

  test('an address within this machine is refused in words', async () => {
    await page.goto(`${origin}/explore`);
    await page.getByText('An OPTIMADE server', { exact: true }).click();
    await page.getByLabel('Address of the database').fill(`${origin}/optimade/rock-salts`);
    await page.getByRole('button', { name: 'Bring it' }).click();
    await sees(page.getByText(/is a place within this machine/));
    expect(await problemsInBoth(page)).toEqual([]);
  });

  test('it is removed after asking', async () => {
    await page.goto(`${origin}/explore`);
    await page.getByRole('button', { name: 'Remove Rock salts' }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByRole('link', { name: 'Rock salts' }).waitFor({ state: 'detached' });
    expect((await client.datasets.list.query()).map(({ title }) => title)).not.toContain('Rock salts');
  });

  test('the pages complain of nothing', () => {
    // A filter that is no filter, and an address within this machine, are refused on purpose.
    const refused = /datasets\.(match|importFrom).*400|400.*datasets\.(match|importFrom)/;
    expect(complaints.filter((complaint) => !refused.test(complaint))).toEqual([]);
  });
});
