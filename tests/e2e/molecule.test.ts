import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { problemsInBoth } from './axe';
import { hasBrowser, launchBrowser, visit } from './browser';
import { sees } from './notebook-page';

const { origin, address } = inject('platform');
let browser: Browser;
let page: Page;
let complaints: string[];

describe.runIf(hasBrowser)('a molecule in the wizard', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
    ({ page, complaints } = await visit(browser, address, { reducedMotion: 'reduce' }));
  });
  afterAll(() => browser?.close());

  test('is made of its SMILES, by keys alone; one that is none says why', async () => {
    await page.goto(`${origin}/new`);
    await page.getByRole('tab', { name: 'Molecule' }).click();
    const line = page.getByLabel('SMILES', { exact: true });
    await line.fill('C1CC');
    await line.press('Enter');
    await sees(page.getByText('This is no SMILES that can be read: dangling ring closure'));
    expect(await problemsInBoth(page)).toEqual([]);
    await line.fill('O=C1OCCO1');
    await line.press('Enter');
    await sees(page.locator('section', { has: page.locator('#chosen-title') }).getByText('O=C1OCCO1'));
    expect(await problemsInBoth(page)).toEqual([]);
    // What was refused, the browser tells of as well.
    expect(complaints.filter((text) => !/400|422/.test(text))).toEqual([]);
  });
});
