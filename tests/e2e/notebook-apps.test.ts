import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { violations } from './axe';
import { hasBrowser, launchBrowser, tabTo, untilAlive, visit } from './browser';
import { connect } from './client';
import { brine } from './platform';

const platform = inject('platform');
const { origin, address, dataFolder } = platform;
const client = connect(platform);

const output = (page: Page, number: number) =>
  page.getByRole('group', { name: `Output of cell ${number}`, exact: true });
const status = (page: Page, words: string | RegExp) => page.getByRole('status').getByText(words);

const cells = [
  '# Doubling\nWhat a number gives, twice.',
  [
    'const n = 4; // @input {"kind": "slider", "label": "Number", "min": 1, "max": 9, "step": 1, "unit": "eV"}',
    'const word = "times"; // @input {"kind": "select", "label": "Word", "options": ["times", "by"]}',
    'const note = "none"; // @input {"kind": "text", "label": "Note"}',
    'const crystal = "silicon"; // @input {"kind": "structure", "label": "Crystal"}',
    'const file: string | null = null; // @input {"kind": "file", "label": "Data", "accept": [".txt"]}',
  ].join('\n'),
  'if (note === "fail") throw new Error("as you wished");\nif (note === "wait") while (true) {}\nif (note === "await") await new Promise(() => {});\nconsole.log([2, word, n, "is", 2 * n + ",", crystal].join(" "));',
  'console.log(file === null ? "no file" : Deno.readTextFileSync(file).length + " letters")',
];

async function make(): Promise<string> {
  const file = {
    ...{ nbformat: 4, nbformat_minor: 5 },
    metadata: { kernelspec: { name: 'deno', display_name: 'deno', language: 'typescript' } },
    cells: cells.map((source) =>
      source.startsWith('#')
        ? { cell_type: 'markdown', metadata: {}, source }
        : { cell_type: 'code', metadata: {}, source, outputs: [], execution_count: null },
    ),
  };
  return (await client.notebooks.import.mutate({ name: 'Doubling a number', text: JSON.stringify(file) })).id;
}

const expectAxeClean = async (page: Page) => expect(await violations(page)).toEqual([]);

describe.skipIf(!hasBrowser)('a notebook as an app', () => {
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let id: string;
  beforeAll(async () => {
    browser = await launchBrowser();
    ({ page, complaints } = await visit(browser, address));
    id = await make();
  });
  afterAll(() => browser?.close());

  test('is published from its notebook, which stays as it is', async () => {
    await page.goto(`${origin}/notebooks/${id}`);
    await page.locator('.monaco-editor').first().waitFor();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Publish as an app' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish as an app' });
    await dialog.getByText('5 inputs: Number, Word, Note, Crystal, Data.').waitFor();
    await expectAxeClean(page);
    await dialog.getByLabel('One sentence').fill('Doubles a number.');
    expect(await dialog.getByLabel('Address').inputValue()).toBe('doubling-a-number');
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await dialog.getByRole('link', { name: 'open the app' }).click();
    await page.waitForURL(`${origin}/apps/doubling-a-number`);
    await page.getByRole('heading', { level: 1, name: 'Doubling a number' }).waitFor();
  });

  test('computes for its inputs, by mouse and by keys, and shows no code', async () => {
    await output(page, 3).getByText('2 times 4 is 8, silicon').waitFor({ timeout: 60_000 });
    await status(page, 'Computed with these values.').waitFor();
    expect(await page.getByText('@input').count()).toBe(0);
    const thumb = page.getByRole('slider', { name: 'Number' });
    await tabTo(page, thumb);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await output(page, 3).getByText('2 times 6 is 12, silicon').waitFor({ timeout: 30_000 });
    await page.getByRole('combobox', { name: 'Word' }).click();
    await page.getByRole('option', { name: 'by', exact: true }).click();
    await output(page, 3).getByText('2 by 6 is 12, silicon').waitFor({ timeout: 30_000 });
    await page.getByRole('combobox', { name: 'Crystal' }).click();
    await page.getByRole('combobox', { name: 'Crystal' }).fill('copper');
    await page
      .getByRole('option', { name: /copper/i })
      .first()
      .click();
    await output(page, 3)
      .getByText(/2 by 6 is 12, copper/)
      .waitFor({ timeout: 30_000 });
    expect(page.url()).toContain('n=6&word=by&crystal=copper');
    await page.getByLabel('Data', { exact: true }).setInputFiles({
      ...{ name: 'numbers.txt', mimeType: 'text/plain' },
      buffer: Buffer.from('seven77'),
    });
    await output(page, 4).getByText('7 letters').waitFor({ timeout: 30_000 });
  });

  test('keeps what it has over a reload, and another tab begins with the values of its address alone', async () => {
    await page.reload();
    await output(page, 4).getByText('7 letters').waitFor({ timeout: 30_000 });
    await status(page, 'Computed with these values.').waitFor();
    const other = await page.context().newPage();
    await other.goto(`${origin}/apps/doubling-a-number?n=9&word=nonsense`);
    await output(other, 3).getByText('2 times 9 is 18, silicon').waitFor({ timeout: 60_000 });
    await output(other, 4).getByText('no file').waitFor();
    await output(page, 3).getByText('2 by 6 is 12, copper').waitFor();
    await other.close();
  });

  test('says when it fails and when it computes', async () => {
    await page.getByRole('textbox', { name: 'Note' }).fill('fail');
    await status(page, /ended in an error/).waitFor({ timeout: 30_000 });
    await output(page, 3)
      .getByText(/as you wished/)
      .first()
      .waitFor();
    await page.getByRole('textbox', { name: 'Note' }).fill('wait');
    await status(page, 'Computes step 2 of 3').waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Stop' }).click();
    await status(page, /^Stopped before/).waitFor({ timeout: 30_000 });
  });

  test('a step that waits for ever is stopped too, with its kernel, and the next values are computed in another', async () => {
    await page.getByRole('textbox', { name: 'Note' }).fill('await');
    await status(page, 'Computes step 2 of 3').waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Stop' }).click();
    await status(page, /^Stopped before|^The kernel ended/).waitFor({ timeout: 30_000 });
    await page.getByRole('textbox', { name: 'Note' }).fill('none');
    await output(page, 3).getByText('2 by 6 is 12, copper').waitFor({ timeout: 60_000 });
    await status(page, 'Computed with these values.').waitFor();
  });

  test('is usable on a phone, dark, and axe finds nothing', async () => {
    // Another tab: the copy of the first goes on with what it was asked.
    const tab = await page.context().newPage();
    for (const viewport of [
      { width: 390, height: 844 },
      { width: 1440, height: 900 },
    ])
      for (const colorScheme of ['light', 'dark'] as const) {
        await tab.setViewportSize(viewport);
        await tab.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        for (const path of ['/apps', '/apps/doubling-a-number', '/apps?text=nothing-like-it']) {
          await tab.goto(`${origin}${path}`);
          await untilAlive(tab);
          if (path.endsWith('number')) await status(tab, 'Computed with these values.').waitFor({ timeout: 60_000 });
          await tab.waitForTimeout(300);
          await expectAxeClean(tab);
          const isWide = await tab.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
          expect(isWide).toBe(false);
        }
      }
    await tab.close();
  });

  test('stands in the register, by category and by words; the platform brings one of its own', async () => {
    await page.goto(`${origin}/notebooks`);
    await page.getByRole('navigation', { name: 'Notebooks and apps' }).getByRole('link', { name: 'Apps' }).click();
    await page.getByRole('heading', { level: 2, name: 'Equation of state' }).waitFor();
    await page.getByRole('link', { name: 'Mechanics' }).click();
    await page.waitForURL(/category=mechanics/);
    await page.getByRole('heading', { level: 2, name: 'Doubling a number' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'All', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Search apps' }).fill('doubles number');
    await page.waitForURL(/text=doubles\+number/);
    await page.getByRole('heading', { level: 2, name: 'Equation of state' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Doubling a number' }).click();
    await page.getByRole('heading', { level: 1, name: 'Doubling a number' }).waitFor();
  });

  test('stays as it was published until it is published anew, and is taken back', async () => {
    await page.goto(`${origin}/notebooks/${id}`);
    await page.locator('.monaco-editor').first().waitFor();
    await page.getByRole('group', { name: /^Cell 4,/ }).focus();
    await page.keyboard.press('d');
    await page.keyboard.press('d');
    await page.getByText('Saved', { exact: true }).waitFor();
    expect((await client.apps.get.query({ name: 'doubling-a-number' })).file.cells).toHaveLength(4);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Publish as an app' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish as an app' });
    await dialog.getByText(/has been edited since/).waitFor();
    await dialog.getByRole('button', { name: 'Publish anew' }).click();
    await dialog.getByText(/Published, version 2/).waitFor();
    expect((await client.apps.get.query({ name: 'doubling-a-number' })).file.cells).toHaveLength(3);
    await dialog.getByRole('button', { name: 'Unpublish' }).click();
    await dialog.waitFor({ state: 'detached' });
    complaints.splice(0);
    await page.goto(`${origin}/apps/doubling-a-number`);
    await page
      .getByText(/Nothing is at this address/)
      .first()
      .waitFor();
    complaints.splice(0);
  });

  test('is published and taken back on the command line', async () => {
    const words = ['--title', 'By hand', '--description', 'Doubles.', '--name', 'by-hand'];
    const made = await brine(['app', 'publish', id, ...words, '--category', 'teaching'], { dataFolder });
    expect(made.stdout).toBe('/apps/by-hand  version 1\n');
    expect((await brine(['app', 'list', '--category', 'teaching'], { dataFolder })).stdout).toContain('by-hand');
    expect((await brine(['app', 'unpublish', 'by-hand'], { dataFolder })).status).toBe(0);
    expect((await brine(['app', 'publish', id, ...words, '--category', 'nonsense'], { dataFolder })).status).toBe(2);
  });

  test('a bar moves in place, and a widget says what it is', async () => {
    const source = [
      "bar = display({'application/vnd.brine.progress+json': {'value': 0, 'max': 4}}, raw=True, display_id=True)",
      "bar.update({'application/vnd.brine.progress+json': {'value': 3, 'max': 4, 'label': 'three of four'}}, raw=True)",
      "display({'application/vnd.jupyter.widget-view+json': {'model_id': 'x'}, 'text/plain': 'IntSlider(value=3)'}, raw=True)",
    ].join('\n');
    const file = {
      ...{ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: { name: 'python3', display_name: 'p' } } },
      cells: [{ cell_type: 'code', metadata: {}, source, outputs: [], execution_count: null }],
    };
    const made = await client.notebooks.import.mutate({ name: 'Bars', text: JSON.stringify(file) });
    await page.goto(`${origin}/notebooks/${made.id}`);
    await page.locator('.monaco-editor').first().waitFor();
    await page.getByRole('button', { name: 'Run all cells' }).click();
    const bar = output(page, 1).getByRole('progressbar', { name: 'three of four' });
    await bar.waitFor({ timeout: 60_000 });
    expect(await bar.getAttribute('value')).toBe('3');
    await output(page, 1).getByText('IntSlider(value=3)').waitFor();
    await output(page, 1)
      .getByText(/A widget of Jupyter/)
      .waitFor();
  });

  test('nothing complained meanwhile', () => {
    expect(complaints).toEqual([]);
  });
});
