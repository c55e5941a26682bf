import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { problemsInBoth } from './axe';
import { hasBrowser, launchBrowser, visit } from './browser';
import { connect } from './client';
import { siliconCalculation } from './crystals';
import { sees } from './notebook-page';

const { origin, address, dataFolder } = inject('platform');
const client = connect({ origin, dataFolder });
let browser: Browser;
let page: Page;
let complaints: string[];
let primitive: string;

describe.runIf(hasBrowser)('a structure in the editor', () => {
  beforeAll(async () => {
    const { structure } = siliconCalculation({ cutoffHartree: 5 });
    ({ id: primitive } = await client.structures.import.mutate({ text: JSON.stringify(structure) }));
    browser = await launchBrowser();
    ({ page, complaints } = await visit(browser, address, { reducedMotion: 'reduce' }));
  });
  afterAll(() => browser?.close());

  const does = async (what: string) => {
    const field = page.getByRole('combobox', { name: 'What to do' });
    await field.fill(what);
    await page.getByRole('option', { name: what, exact: true }).click();
  };
  const apply = (name: string | RegExp = 'Apply') => page.getByRole('button', { name, exact: true }).click();
  const facts = (text: string | RegExp) => sees(page.getByRole('status').getByText(text));

  test('from its page to the conventional cell, and from there a slab in the smallest cell of its surface', async () => {
    await page.goto(`${origin}/structures/${primitive}`);
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByRole('menuitem', { name: 'Conventional cell' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(primitive));
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByRole('menuitem', { name: 'Edit, cut a slab …' }).click();
    await facts(/^Si, 8 atoms/);
    await does('Slab');
    await page.getByLabel('Layers').fill('3');
    await apply();
    await facts(/^Si, 6 atoms; 3\.840, 3\.840, /);
    expect(await problemsInBoth(page)).toEqual([]);
  });

  test('the drawing is there again in other colours', async () => {
    const stage = page.locator('[data-mode]');
    const sizeIn = async (colorScheme: 'light' | 'dark') => {
      await page.emulateMedia({ colorScheme });
      await sees(page.locator('[data-mode="scene"], [data-mode="drawing"]'));
      await page.waitForTimeout(500);
      return (await stage.screenshot()).length;
    };
    const first = await sizeIn('light');
    await sizeIn('dark');
    // An empty stage packs to a small part of it.
    expect(await sizeIn('light')).toBeGreaterThan(0.8 * first);
  });

  test('atoms are chosen by an expression; what cannot be done or is not understood says why', async () => {
    const choose = page.getByLabel('Choose atoms');
    await choose.fill('z >');
    await choose.press('Enter');
    await sees(page.getByText('At the end a number is expected.'));
    await choose.fill('all');
    await choose.press('Enter');
    await facts('6 of 6 chosen');
    await does('Remove atoms');
    await apply('Apply to 6 atoms');
    await sees(page.getByText('All atoms would be removed'));
    await choose.fill('z > 0.6');
    await choose.press('Enter');
    await does('Replace atoms');
    await page.getByLabel('By', { exact: true }).fill('Ge');
    await apply(/^Apply to \d atoms?$/);
    await facts(/^(SiGe|Si\d*Ge\d*|Ge\d*Si\d*), 6 atoms/);
  });

  test('undo and redo by keys and over a reload; saved it has the first as its origin', async () => {
    const list = page.getByRole('region', { name: 'What was done' }).getByRole('listitem');
    expect(await list.count()).toBe(2);
    await page.getByRole('heading', { name: 'What was done' }).click();
    await page.keyboard.press('Control+z');
    await facts(/^Si, 6 atoms/);
    expect(await list.count()).toBe(1);
    await page.keyboard.press('Control+Shift+z');
    await page.reload();
    await sees(list.nth(1));
    await page.getByLabel('Name').fill('Capped slab');
    await page.getByRole('button', { name: 'Save as a new structure' }).click();
    await sees(page.getByText('Capped slab', { exact: true }));
    const id = new URL(page.url()).pathname.split('/').at(-1)!;
    const saved = await client.structures.get.query({ id });
    expect(saved).toMatchObject({ sites: 6, periodic: [true, true, false], elements: ['Ge', 'Si'] });
    await page.getByRole('link', { name: 'Where it comes from' }).click();
    await sees(page.getByText(/Slab \(1 1 1\), 3 layers/).first());
    expect(complaints).toEqual([]);
  });
});

describe.runIf(hasBrowser)('tags in the history', () => {
  test('are put on what is picked, shown, and filtered by', async () => {
    const asked = { ...siliconCalculation({ cutoffHartree: 5 }), label: 'to be tagged' };
    const { id } = await client.calculations.run.mutate(asked as never);
    const own = await launchBrowser();
    try {
      const { page: list } = await visit(own, address, { reducedMotion: 'reduce' });
      await list.goto(`${origin}/calculations?text=tagged`);
      await list.getByRole('checkbox', { name: 'Pick to be tagged' }).check();
      await list.getByRole('button', { name: 'Tag 1' }).click();
      await list.getByLabel('Tag to add or take off').fill('figure 7');
      expect(await problemsInBoth(list)).toEqual([]);
      await list.getByRole('button', { name: 'Add', exact: true }).click();
      await sees(list.getByRole('listitem').getByText('figure 7'));
      await list.goto(`${origin}/calculations?tag=figure%207`);
      await sees(list.getByRole('link', { name: 'to be tagged', exact: true }));
      expect((await client.calculations.list.query({ tag: 'figure 7' })).items.map((one) => one.id)).toEqual([id]);
    } finally {
      await own.close();
    }
  });
});
