import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rockSalt } from '../server/datasets/make-dataset';
import { conventionalSalt, type OddServer, pageOf, serveOdd } from '../server/elsewhere/odd-servers';
import { problemsInBoth } from './axe';
import { hasBrowser, launchBrowser, visit } from './browser';
import { sees } from './notebook-page';
import { brine, makeDataFolder, type Platform, removeDataFolder, startPlatform } from './platform';

/** A platform of its own, which may ask servers of this machine; there is no other that the test could ask. */
const environment = { BRINE_FETCH_ALLOW: '127.0.0.1', BRINE_SEED: '0' };
let dataFolder: string;
let platform: Platform;
let browser: Browser;
let page: Page;
let complaints: string[];
let good: OddServer;
let other: OddServer;
let broken: OddServer;
let stuck: OddServer;
let isStuck = true;
beforeAll(async () => {
  if (!hasBrowser) return;
  const many = Array.from({ length: 60 }, (_, i) => rockSalt(`many-${i}`, ['K', 'Cl'], 6.29 + i / 2));
  good = await serveOdd((request, response) => {
    const first = {
      data: [rockSalt('good-1', ['Na', 'Cl'], 5.64), ...many.slice(0, 30)],
      links: { next: '/v1/structures?n=2' },
    };
    const second = { data: many.slice(30), links: { next: null } };
    if (request.url!.endsWith('/info')) response.end(JSON.stringify({ meta: { api_version: '1.1.0' }, data: {} }));
    else response.end(pageOf([], { ...(request.url!.includes('n=2') ? second : first), meta: { data_returned: 61 } }));
  });
  other = await serveOdd((_, response) => response.end(pageOf([conventionalSalt('other-1', ['Na', 'Cl'], 5.7)])));
  broken = await serveOdd((_, response) => response.writeHead(500).end());
  stuck = await serveOdd((_, response) => {
    if (!isStuck) response.end(pageOf([rockSalt('late-1', ['Li', 'F'], 4.03)]));
  });
  dataFolder = makeDataFolder();
  platform = await startPlatform({ dataFolder, environment });
  browser = await launchBrowser();
  ({ page, complaints } = await visit(browser, platform.address, { reducedMotion: 'reduce' }));
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await platform?.end('SIGINT');
  await Promise.all([good, other, broken, stuck].map((server) => server?.stop()));
  if (dataFolder) await removeDataFolder(dataFolder);
});

const add = async (name: string, url: string) => {
  await page.getByLabel('Address of another server').fill(url);
  await page.getByLabel('Its name').fill(name);
  await page.getByRole('button', { name: 'Add it' }).click();
  await sees(page.getByText(`Added: ${name}.`));
};
const rows = () => page.getByRole('region', { name: 'Crystals that were found' }).getByRole('row');

describe.skipIf(!hasBrowser)('databases elsewhere', () => {
  test('are listed, tried, switched off and added', async () => {
    await page.goto(`${platform.origin}/explore`);
    await page.getByRole('link', { name: 'Search databases elsewhere' }).click();
    await sees(page.getByRole('heading', { name: 'Search databases elsewhere', level: 1 }));
    expect(await problemsInBoth(page)).toEqual([]);
    // The public ones cannot be reached from here; the test asks only its own.
    for (const one of await page.getByRole('switch').all()) await one.uncheck({ force: true });
    await sees(page.getByText(/^0 of 14 servers are asked/));
    await add('Good', `${good.origin}/v1`);
    await add('Other', other.origin);
    await add('Broken', broken.origin);
    await page.getByRole('button', { name: 'Test Good' }).click();
    await sees(page.getByText(/Good: OPTIMADE 1.1.0/));
    await sees(page.getByText(/Good: One of ClNa was read/));
  });

  test('answer each for itself, and what two of them have is one row', async () => {
    await page.getByLabel('What to search for').fill('elements HAS');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await sees(page.getByText(/no filter of OPTIMADE/));
    await page.getByLabel('What to search for').fill('elements HAS "Cl"');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await sees(page.getByText('2 of 3 servers answered, 1 failed'));
    await sees(page.getByText(/answered 500. It has a fault at this moment/));
    await sees(page.getByText(/31 of 61 found, answered in \d+ ms/));
    const salt = rows().filter({ hasText: 'good-1' });
    await sees(salt.getByText('other-1'));
    await sees(salt.getByText('Good, Other'));
    expect(await problemsInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: 'Go on: Good' }).click();
    await sees(page.getByText(/61 found, answered in \d+ ms/));
    await page.reload();
    await sees(rows().filter({ hasText: 'good-1' }).getByText('Good, Other'));
    await page.getByRole('button', { name: 'Databases' }).click();
    await sees(rows().nth(1).getByText('good-1'));
    expect(new URL(page.url()).searchParams.get('order')).toBe('-databases');
  });

  test('a row is looked at, and taken into the project', async () => {
    await rows()
      .filter({ hasText: 'good-1' })
      .getByRole('button', { name: /look at (good|other)-1/ })
      .click();
    const preview = page.getByRole('region', { name: /^(good-1, Good|other-1, Other)$/ });
    await sees(preview.getByText('(No. 225)'));
    expect(await problemsInBoth(page)).toEqual([]);
    await preview.getByRole('button', { name: 'Take into the project' }).click();
    await page.getByRole('link', { name: 'look at it' }).click();
    await sees(page.getByRole('heading', { level: 1, name: /NaCl/ }));
  });

  test('the wizard takes one as its structure', async () => {
    await page.goto(`${platform.origin}/new`);
    await page.getByRole('tab', { name: 'Databases elsewhere' }).click();
    await page.getByLabel('What to search for').fill('NaCl');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await rows()
      .filter({ hasText: 'other-1' })
      .getByRole('button', { name: /Use this structure/ })
      .click();
    await sees(page.getByRole('heading', { name: 'Take another' }));
  });

  test('a search goes on where it was when the platform is started again', async () => {
    await page.goto(`${platform.origin}/explore/elsewhere`);
    await add('Stuck', stuck.origin);
    await page.getByLabel('What to search for').fill('LiF');
    const asked = stuck.asked.length;
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect.poll(() => stuck.asked.length).toBeGreaterThan(asked);
    await sees(page.getByText(/server is being asked/).first());
    const { search } = new URL(page.url());
    await platform.end('SIGINT');
    isStuck = false;
    platform = await startPlatform({ dataFolder, environment });
    await page.goto(platform.address);
    await page.goto(`${platform.origin}/explore/elsewhere${search}`);
    await sees(rows().filter({ hasText: 'late-1' }));
  });

  test('the command line says the same', async () => {
    const told = await brine(
      ['optimade', 'search', 'NaCl', '--provider', 'Good', '--provider', 'Broken', '--sites-max', '4'],
      {
        dataFolder,
      },
    );
    expect(told.status).toBe(0);
    expect(told.stdout).toMatch(/NaCl\t2\t-\tGood\/good-1/);
    expect(told.stderr).toMatch(/Broken: failed. It answered 500/);
    const list = await brine(['optimade', 'providers'], { dataFolder });
    expect(list.stdout).toMatch(/Good\thttp:\/\/127/);
  });

  test('no page complained', () => {
    expect(complaints.filter((text) => !/Failed to load resource|net::ERR/.test(text))).toEqual([]);
  });
});
