import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { problemsInBoth } from './axe';
import { hasBrowser, launchBrowser, visit } from './browser';
import { connect } from './client';
import { sees } from './notebook-page';

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

  test('it is removed after asking', async () => {
    await page.goto(`${origin}/explore`);
    await page.getByRole('button', { name: 'Remove Rock salts' }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByRole('link', { name: 'Rock salts' }).waitFor({ state: 'detached' });
    expect((await client.datasets.list.query()).map(({ title }) => title)).not.toContain('Rock salts');
  });

  test('the pages complain of nothing', () => {
    // A filter that is no filter is refused on purpose.
    expect(complaints.filter((complaint) => !/datasets\.match.*400|400.*datasets\.match/.test(complaint))).toEqual([]);
  });
});
