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

test('brine group makes, fills, describes, renames and deletes a group', async () => {
  const group = (...args: string[]) => brine(['group', ...args], { dataFolder });
  expect((await group('make', 'Figure 1', '--description', 'Silicon; $(date)')).status).toBe(0);
  expect((await group('make', 'Figure 1')).stderr).toMatch(/There is a group Figure 1 already/);
  expect((await group('add', 'Figure 1', calculationId)).stdout).toBe('1 added\n');
  expect((await group('list')).stdout).toMatch(/ 1 {2}Figure 1\n/);
  expect((await group('rename', 'Figure 1', 'Figure 7')).status).toBe(0);
  const shown = JSON.parse((await group('show', 'Figure 7', '--json')).stdout);
  expect(shown).toMatchObject({ name: 'Figure 7', description: 'Silicon; $(date)', items: [{ id: calculationId }] });
  expect((await group('remove', 'Figure 7', calculationId)).stdout).toBe('1 removed\n');
  expect((await group('delete', 'Figure 7')).status).toBe(0);
  expect((await group('show', 'Figure 7')).status).toBe(2);
});

test('brine node delete shows what would go, and deletes only what it is told to', async () => {
  const text = siliconText(0.01);
  const { id: structureId } = await client.structures.import.mutate({ text, fileName: 'to-be-deleted.json' });
  const { id } = await client.provenance.structureNode.query({ structureId });
  const remove = (...args: string[]) => brine(['node', 'delete', id!, ...args], { dataFolder });
  const plan = JSON.parse((await remove('--json')).stdout);
  expect(plan).toMatchObject({ values: 1, processes: 1, structures: [{ id: structureId }], unusedAncestors: 1 });
  const asked = await remove();
  expect(asked.stderr).toMatch(/leaves the list of structures: to-be-deleted/);
  expect(asked.stderr).toMatch(/say --yes/);
  expect(asked.status).toBe(2);
  expect((await client.structures.get.query({ id: structureId })).id).toBe(structureId);
  const done = await remove('--yes', '--ancestors');
  expect(done.stderr).toMatch(/Deleted 2 values and 1 processes/);
  await expect(client.structures.get.query({ id: structureId })).rejects.toThrow();
});

const siliconText = (shift: number) =>
  JSON.stringify({
    cellAngstrom: [
      [0, 2.71, 2.71],
      [2.71, 0, 2.71],
      [2.71, 2.71, 0],
    ],
    sites: [
      { element: 'Si', fractional: [shift, 0, 0] },
      { element: 'Si', fractional: [0.25, 0.25, 0.25] },
    ],
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

  test('what was opened in the graph opens again from the address', async () => {
    const { page, complaints } = await visit(browser, address);
    const { id } = await client.provenance.resultNode.query({ calculationId, name: 'bands' });
    await page.goto(`${origin}/graph/${id}`);
    await untilAlive(page);
    await page.getByRole('button', { name: 'All ancestors' }).click();
    const graph = page.getByRole('group', { name: /Provenance graph/ });
    await graph.getByRole('button', { name: /^Structure Si/ }).click();
    const open = () => page.getByRole('status').filter({ hasText: 'nodes open' }).textContent();
    const before = await open();
    await page.reload();
    await graph.getByRole('button', { name: /^Structure Si/, pressed: true }).waitFor();
    expect(await open()).toBe(before);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a group is made, filled, described and deleted; its nodes stay', async () => {
    const { page, complaints } = await visit(browser, address);
    await page.goto(`${origin}/nodes/${calculationId}`);
    await untilAlive(page);
    await page.getByRole('combobox', { name: 'Group' }).fill('Figure 5');
    await page.getByRole('button', { name: 'Make and put into it' }).click();
    await page.getByRole('main').getByRole('link', { name: 'Figure 5' }).click();
    await page.getByRole('heading', { level: 2, name: 'Figure 5', exact: true }).waitFor();
    await untilAlive(page);
    await page.getByRole('button', { name: 'Describe', exact: true }).click();
    await page.getByLabel('Description').fill('Bands of silicon.');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Bands of silicon.').waitFor();
    await page.getByRole('button', { name: /^Take out/ }).click();
    await page.getByText('It holds no nodes').waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
    await page.getByRole('heading', { level: 2, name: 'Figure 5', exact: true }).waitFor({ state: 'detached' });
    expect((await client.provenance.get.query({ id: calculationId })).item.id).toBe(calculationId);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a node is deleted on its page, after what goes with it was shown', async () => {
    const { id: structureId } = await client.structures.import.mutate({
      text: siliconText(0.02),
      fileName: 'gone.json',
    });
    const { id } = await client.provenance.structureNode.query({ structureId });
    const { page, complaints } = await visit(browser, address);
    await page.goto(`${origin}/nodes/${id}`);
    await untilAlive(page);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 value and 1 process go').waitFor();
    await dialog.getByLabel(/Also what it came from/).check();
    await dialog.getByText('2 values and 1 process go').waitFor();
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await page.waitForURL(/\/search/);
    await expect(client.structures.get.query({ id: structureId })).rejects.toThrow();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('tags and comments are kept, and an archive that was exported comes back', async () => {
    const { page } = await visit(browser, address);
    await page.goto(`${origin}/nodes/${calculationId}`);
    await untilAlive(page);
    await page.getByLabel('New tag').fill('figure 2');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('link', { name: 'figure 2' }).waitFor();
    await page.getByLabel('New comment').fill('Looks right.');
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await page.getByText('Looks right.').first().waitFor();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
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
});
