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
  expect(Number(file.headers.get('content-length'))).toBe(shown.files[0].bytes);
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
      async () => ((await graph.getByRole('button').count()) > 4 ? true : null),
      10_000,
      'no more nodes opened',
    );
    await page.getByRole('button', { name: 'All ancestors' }).click();
    await graph.getByRole('button', { name: /^Structure Si/ }).waitFor();
    await page.getByText('Text', { exact: true }).click();
    await page
      .getByRole('link', { name: /^Structure/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /^Structure/ }).waitFor();
    await page.getByText('Nothing: it was brought in from outside.').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
