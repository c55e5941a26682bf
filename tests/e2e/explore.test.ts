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

  test('a material shows its values and its stability, and a calculation begins with it', async () => {
    await page.getByRole('link', { name: 'NaCl' }).click();
    await sees(page.getByRole('heading', { level: 1, name: /NaCl/ }));
    await sees(
      page
        .getByRole('heading', { name: 'Stability in Na–Cl' })
        .or(page.getByRole('heading', { name: 'Stability in Cl–Na' })),
    );
    await sees(page.getByText(/On the convex hull/));
    await sees(page.locator('.plot-container'));
    expect(await problemsInBoth(page)).toEqual([]);
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
      '--sort',
      '-id',
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
