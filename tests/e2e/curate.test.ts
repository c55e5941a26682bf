import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { problemsInBoth } from './axe';
import { hasBrowser, launchBrowser, visit } from './browser';
import { sees } from './notebook-page';

const { origin, address } = inject('platform');
let browser: Browser;
let page: Page;
let complaints: string[];
beforeAll(async () => {
  if (!hasBrowser) return;
  browser = await launchBrowser();
  ({ page, complaints } = await visit(browser, address, { reducedMotion: 'reduce' }));
});
afterAll(() => browser?.close());

/** Rock salt with its origin anywhere, and another occupation of the first site where it is disordered. */
const salt = (id: string, [cation, anion, a]: [string, string, number], shift = 0, share = 1) => ({
  type: 'structures',
  id,
  attributes: {
    ...{ nelements: 2, nsites: 2, nperiodic_dimensions: 3, dimension_types: [1, 1, 1] },
    structure_features: share < 1 ? ['disorder'] : [],
    elements: [cation, anion].sort(),
    last_modified: '2024-01-01T00:00:00Z',
    lattice_vectors: [
      [0, a / 2, a / 2],
      [a / 2, 0, a / 2],
      [a / 2, a / 2, 0],
    ],
    cartesian_site_positions: [0, a / 2].map((x) => [x + shift, x + shift, x + shift]),
    species: [cation, anion].map((name, i) => ({
      ...{ name, chemical_symbols: i === 0 && share < 1 ? [name, 'vacancy'] : [name] },
      concentration: i === 0 && share < 1 ? [share, 1 - share] : [1],
    })),
    species_at_sites: [cation, anion],
  },
});

const entries = [
  salt('raw-1', ['Na', 'Cl', 5.64]),
  salt('raw-2', ['Na', 'Cl', 5.7], 0.7),
  salt('raw-3', ['Li', 'F', 4.03]),
  salt('raw-4', ['Li', 'Cl', 5.13], 0, 0.8),
];

async function bring(title: string) {
  await page.goto(`${origin}/explore`);
  const lines = [{ 'x-optimade': { meta: { api_version: '1.2.0' } } }, ...entries];
  await page.getByLabel('File of a database').setInputFiles({
    ...{ name: 'raw.jsonl', mimeType: 'application/jsonl' },
    buffer: Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
  });
  await page.getByLabel('Name of the database').fill(title);
  await page.getByRole('button', { name: 'Bring it' }).click();
  await sees(page.getByText('4 entries, 0 properties'));
}

describe.skipIf(!hasBrowser)('raw entries', () => {
  test('become unique crystals, each rejection with its reason', async () => {
    await bring('Raw salts');
    await page.getByRole('link', { name: 'Curate', exact: true }).click();
    await sees(page.getByRole('heading', { name: 'Curate', level: 1 }));
    expect(await page.getByRole('button', { name: 'Curate' }).isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: 'Raw salts' }).check();
    await page.getByLabel('Name of the new database').fill('Unique salts');
    expect(await problemsInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: 'Curate' }).click();
    await sees(page.getByRole('heading', { name: 'How it was curated' }));
    const funnel = page.getByRole('list', { name: 'From raw entries to unique crystals' });
    await expect
      .poll(() => funnel.getByRole('listitem').allTextContents(), { timeout: 60_000 })
      .toEqual([
        expect.stringMatching(/^Raw entries4/),
        expect.stringMatching(/^Sound crystals3/),
        expect.stringMatching(/^Compositions with a space group2/),
        expect.stringMatching(/^Unique crystals2/),
      ]);
    await page.getByText(/Sites are partly occupied or shared: 1 entry/).click();
    await sees(page.getByRole('link', { name: 'raw-4' }));
    expect(await problemsInBoth(page)).toEqual([]);
  });

  test('curated again without a change give the same', async () => {
    await page.getByRole('link', { name: 'Curate again' }).click();
    await sees(page.getByText('1. Raw salts'));
    await page.getByLabel('Name of the new database').fill('Unique salts, again');
    await page.getByRole('button', { name: 'Curate' }).click();
    await sees(page.getByText('The same as the run before, entry by entry.'));
    await page.getByRole('link', { name: 'Unique salts, again' }).click();
    await sees(page.getByRole('link', { name: 'How it was curated' }));
    expect(complaints).toEqual([]);
  });
});
