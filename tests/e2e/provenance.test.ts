import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { hasBrowser, launchBrowser, tabTo, untilAlive, visit } from './browser';
import { type Client, connect } from './client';
import { brine, until } from './platform';

const { dataFolder, origin, address } = inject('platform');
let client: Client;
let calculationId: string;
beforeAll(async () => {
  client = connect({ dataFolder, origin });
  calculationId = await until(
    async () => (await client.system.home.query()).exampleCalculationId,
    120_000,
    'silicon was not computed',
    500,
  );
});

test('brine graph leads from a result to its structure, and brine node shows each', async () => {
  const { id } = await client.provenance.resultNode.query({ calculationId, name: 'bands' });
  const tree = await brine(['graph', id], { dataFolder });
  expect(tree.status, tree.stderr).toBe(0);
  expect(tree.stdout).toMatch(/^Bands {2}.*\n(.*\n)*.*structure: Structure Si/);
  const walk = JSON.parse((await brine(['graph', id, '--json'], { dataFolder })).stdout);
  expect(walk.items[0].id).toBe(id);
  const shown = JSON.parse((await brine(['node', 'show', id, '--json'], { dataFolder })).stdout);
  expect(shown).toMatchObject({ item: { kind: 'bands-result' }, createdBy: expect.any(String) });
  expect(shown.incoming.items).toMatchObject([{ type: 'process', name: 'bands-path' }]);
  const file = await fetch(`${origin}${shown.files[0].href}`, {
    headers: {
      authorization: `Bearer ${(await import('node:fs')).readFileSync(`${dataFolder}/token`, 'utf8').trim()}`,
    },
  });
  expect((await file.arrayBuffer()).byteLength).toBe(shown.files[0].bytes);
  expect((await fetch(`${origin}${shown.files[0].href}`)).status).toBe(401);
});

describe.skipIf(!hasBrowser)('in the browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  test('from a plot to its ancestors by keys alone, and to a node’s page', async () => {
    const { page, complaints } = await visit(browser, address);
    await page.goto(`${origin}/calculations/${calculationId}`);
    await page.getByRole('link', { name: 'bands', exact: true }).click();
    await page.getByRole('heading', { name: 'Provenance of Bands' }).waitFor();
    await untilAlive(page);
    const graph = page.getByRole('group', { name: /Provenance graph/ });
    await tabTo(page, graph.getByRole('button', { name: /^Bands value$/ }));
    await page.keyboard.press('ArrowLeft');
    await graph.getByRole('button', { name: /^Energies along the path/, pressed: true }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await until(
      async () => ((await graph.getByRole('button').count()) > 3 ? true : null),
      10_000,
      'no more nodes opened',
    );
    await page.getByRole('button', { name: 'All ancestors' }).click();
    await graph.getByRole('button', { name: /^Structure Si/ }).waitFor();
    await page.getByText('Text', { exact: true }).click();
    await page
      .getByRole('main')
      .getByRole('link', { name: /^Structure Si/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /^Structure Si/ }).waitFor();
    await page.getByRole('link', { name: 'Example Silicon' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('tags and comments are kept, and an archive that was exported comes back', async () => {
    const { page } = await visit(browser, address);
    await page.goto(`${origin}/nodes/${calculationId}`);
    await untilAlive(page);
    await page.getByLabel('New tag').fill('figure 2');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('link', { name: 'figure 2' }).waitFor();
    await page.getByLabel('New comment').fill('Looks right.');
    await page.getByRole('button', { name: 'Comment' }).click();
    await page.getByText('Looks right.').first().waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Archive that Brine imports' }).first().click(),
    ]);
    await page.goto(`${origin}/search?q=${encodeURIComponent('tag:"figure 2"')}`);
    await page.getByRole('link', { name: /^Si/ }).first().waitFor();
    await untilAlive(page);
    await page.locator('input[type=file]').setInputFiles(await download.path());
    await page.getByText('All of it was here already').waitFor();
    await page.context().close();
  });

  test.each([
    ['a node', (id: string) => `/nodes/${id}`],
    ['the graph', (id: string) => `/graph/${id}`],
    ['the graph as text', (id: string) => `/graph/${id}?view=text`],
    ['a search', () => '/search?q=kind%3Ascf'],
    ['a search that is not understood', () => '/search?q=%28'],
  ] as const)('axe finds nothing on %s, light and dark, wide and narrow', async (_, path) => {
    const { page } = await visit(browser, address, { reducedMotion: 'reduce' });
    const found: string[] = [];
    for (const [width, colorScheme] of [
      [1440, 'light'],
      [390, 'dark'],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      // Unrolled: what sticks to the edge of the screen lies over that which scrolls under it.
      await page.setViewportSize({ width, height: 2_400 });
      await page.goto(`${origin}${path(calculationId)}`);
      await untilAlive(page);
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      found.push(
        ...violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target }) => `${colorScheme} ${id}: ${target.join(' ')}`),
        ),
      );
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflow > 0) found.push(`${width}: ${overflow} px wider than the screen`);
    }
    expect(found).toEqual([]);
    await page.context().close();
  });
});
