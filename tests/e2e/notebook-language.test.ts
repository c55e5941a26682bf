import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { hasBrowser, launchBrowser, visit } from './browser';
import { connect } from './client';
import { cellOf, enterCell, notebookFile, outputOf } from './notebook-page';
import { until } from './platform';

const platform = inject('platform');
const { origin, address } = platform;
const client = connect(platform);
let browser: Browser;
let page: Page;
let complaints: string[];
beforeAll(async () => {
  if (!hasBrowser) return;
  browser = await launchBrowser();
  ({ page, complaints } = await visit(browser, address));
});
afterAll(() => browser?.close());

const cell = (number: number, on = page) => cellOf(on, number);
const status = (number: number) => cell(number).locator('p').filter({ hasText: /Stale/ });
const output = (number: number) => outputOf(page, number);
/** The services come with the first focus, and take their time. */
const sees = (locator: Locator, timeout = 60_000) => locator.first().waitFor({ timeout });
const state = async (id: string) => (await client.notebooks.get.query({ id })).state;
const isIdle = (id: string) =>
  until(
    async () => {
      const { running, queue } = await state(id);
      return (running === null && queue.length === 0) || undefined;
    },
    60_000,
    'the cells did not end',
  );

async function open(cells: string[], spec?: string): Promise<string> {
  const { id } = await client.notebooks.import.mutate({ name: 'Names', text: notebookFile(cells, spec) });
  await page.goto(`${origin}/notebooks/${id}`);
  await sees(page.locator('.monaco-editor'));
  return id;
}

const enter = (number: number) => enterCell(page, number);

async function runAll(id: string): Promise<void> {
  await page.getByRole('button', { name: 'Run all cells' }).click();
  await until(async () => (await state(id)).running !== null || undefined, 60_000, 'nothing began').catch(() => null);
  await isIdle(id);
}

const hasPython = async () => (await client.notebooks.kernels.query()).some(({ spec }) => spec === 'python3');

describe.skipIf(!hasBrowser)('cells that hang on each other', () => {
  test('say why they are stale, and run with one key, and no other', async () => {
    const id = await open([
      'let lattice = 5.4',
      'const volume = lattice ** 3;',
      'console.log("volume", volume)',
      'const other = 1',
    ]);
    await runAll(id);
    await sees(output(3).getByText('volume 157'));
    const before = (await state(id)).cells;

    await enter(1);
    await page.keyboard.type('5');
    await sees(status(1).getByText('edited since it ran'));
    await sees(status(2).getByText('cell 1, which gives lattice, is stale'));
    await sees(status(3).getByText('cell 2, which gives volume, is stale'));
    await expect.poll(() => cell(4).getAttribute('aria-label')).toBe('Cell 4, code, ok');

    await page.keyboard.press('Control+Enter');
    await sees(status(2).getByText('cell 1 has given lattice anew since it ran'));
    await page.reload();
    await sees(status(2).getByText('cell 1 has given lattice anew since it ran'));

    await cell(4).focus();
    await page.keyboard.press('Control+Shift+Enter');
    await sees(output(3).getByText('volume 161'));
    await isIdle(id);
    const after = (await state(id)).cells;
    const ran = Object.keys(after).filter(
      (one) => JSON.stringify(after[one]!.run) !== JSON.stringify(before[one]!.run),
    );
    expect(ran.sort()).toEqual((await state(id)).order.slice(0, 3).sort());
    await expect
      .poll(() => page.getByRole('button', { name: 'Run stale cells: none is stale' }).isDisabled())
      .toBe(true);
  });

  test('run by themselves only where that was chosen, and the choice stays', async () => {
    const id = await open(['let a = 1', 'console.log("a is", a)']);
    await runAll(id);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: /Run cells by themselves/ }).click();
    await sees(page.getByText('Runs by itself'));
    await enter(1);
    await page.keyboard.type('2');
    await page.keyboard.press('Control+Enter');
    await sees(output(2).getByText('a is 12'));
    await page.reload();
    await sees(page.getByText('Runs by itself'));
    expect((await state(id)).isAutomatic).toBe(true);
  });
});

describe.skipIf(!hasBrowser)('the editor knows', () => {
  test('of TypeScript: names of the cells above, what a call takes, and faults', async () => {
    await open([
      'const lattice = 5.43;\nfunction scale(factor: number, label = "a") { return lattice * factor }',
      'scale(2)',
      'const lattice = "shadow"',
      '',
      'lat',
    ]);
    await enter(2);
    // The service comes with the first focus.
    await page.keyboard.type('.toFix');
    await page.keyboard.press('Control+Space');
    await sees(page.locator('.suggest-widget.visible').getByText('toFixed'));
    await page.keyboard.press('Escape');
    await enter(2);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('scale(');
    await sees(page.locator('.parameter-hints-widget.visible').getByText(/factor: number/));
    await page.keyboard.press('Control+A');
    await page.keyboard.type('const wrong: number = scale');
    await sees(cell(2).locator('.squiggly-error'));
    expect(await cell(3).locator('.squiggly-error').count()).toBe(0);
    await enter(5);
    await page.keyboard.press('Control+Space');
    await sees(page.locator('.suggest-widget.visible').getByText('lattice'));
    await page.keyboard.press('Escape');
  });

  test('of TypeScript: what brine and the kernel offer, and await at the top', async () => {
    await open([
      'import { structures } from "brine";\nconst silicon = await structures.example("silicon")',
      'await Deno.jupyter.display(silicon);\nstructures',
    ]);
    await enter(2);
    await page.keyboard.type('.');
    await page.keyboard.press('Control+Space');
    await sees(page.locator('.suggest-widget.visible').getByText('example'));
    await page.keyboard.press('Escape');
    await page.keyboard.type('search');
    // What the half-typed name was marked with goes when the service has looked again.
    await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
  });

  test('of Python: what the kernel says of a name', async ({ skip }) => {
    if (!(await hasPython())) skip();
    const id = await open(['def relax(cell):\n    "Moves the atoms."\n    return cell', 'relax(1)'], 'python3');
    await runAll(id);
    await cell(2).locator('.view-lines').getByText('relax').first().hover();
    await sees(page.locator('.monaco-hover').getByText(/Moves the atoms/));
    await enter(2);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('rel');
    await page.keyboard.press('Control+Space');
    await sees(page.locator('.suggest-widget.visible').getByText('relax'));
    await page.keyboard.press('Escape');
  });
});

describe.skipIf(!hasBrowser)('the panel beside the notebook', () => {
  const panel = () => page.getByRole('complementary', { name: 'Beside the notebook' });
  const row = (name: string) => panel().getByRole('listitem').filter({ hasText: name });

  test('shows what the kernel holds, after each run, and leaves nothing behind', async () => {
    const id = await open(['# Silicon', 'const gap = 1.1; const rows = [1, 2, 3];', 'const gap = 1.2']);
    await page.getByRole('button', { name: 'Variables', exact: true }).click();
    await sees(panel().getByText('No kernel runs.'));
    await cell(2).focus();
    await page.keyboard.press('Control+Enter');
    await sees(row('rows').getByText('[1, 2, 3]'));
    await sees(row('rows').getByText('Array, 3 items'));
    await sees(row('gap').getByText('1.1'));
    await isIdle(id);
    await cell(3).focus();
    await page.keyboard.press('Control+Enter');
    await sees(row('gap').getByText('1.2'));
    await isIdle(id);
    expect((await state(id)).cells[(await state(id)).order[2]!]!.executionCount).toBe(2);
    await panel().getByRole('tab', { name: 'Contents' }).click();
    await panel().getByRole('button', { name: 'Silicon' }).click();
    await expect.poll(() => cell(1).evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Close the panel' }).click();
    await panel().waitFor({ state: 'detached' });
  });

  test('of Python too; a text that takes for ever is cut', async ({ skip }) => {
    if (!(await hasPython())) skip();
    const id = await open(
      ['class Slow:\n    def __repr__(self):\n        while True: pass\nslow, energy = Slow(), -7.9', 'print("on")'],
      'python3',
    );
    await runAll(id);
    await page.getByRole('button', { name: 'Variables', exact: true }).click();
    await sees(row('energy').getByText('-7.9'));
    await sees(row('slow').getByText('Slow'));
    await runAll(id);
    await sees(output(2).getByText('on'));
  });

  test.each([1440, 390])('axe finds nothing in it at %s px, by day and by night', async (width) => {
    await page.setViewportSize({ width, height: 844 });
    const id = await open([
      '# Silicon',
      'const gap = 1.1; const label = "a long text ".repeat(50);',
      'console.log(gap)',
    ]);
    await runAll(id);
    await cell(2).focus();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Variables', exact: true }).click();
    await sees(row('label'));
    await sees(status(3));
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor();
      // The editor's own; and tips of buttons that are just going, which lie in no region.
      const { violations } = await new AxeBuilder({ page }).disableRules('region').exclude('.monaco-editor').analyze();
      expect(violations.map(({ id: rule, nodes }) => [rule, nodes[0]?.html])).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});

test.skipIf(!hasBrowser)('the page complained of nothing', () => expect(complaints).toEqual([]));
