import { readFileSync } from 'node:fs';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { hasBrowser, launchBrowser, visit } from './browser';
import { connect } from './client';
import { cellOf as cell, notebookFile, outputOf as output, sees } from './notebook-page';
import { processesOf, until } from './platform';

const platform = inject('platform');
const { origin, address, dataFolder } = platform;
const client = connect(platform);
let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await launchBrowser();
});
afterAll(() => browser?.close());

const editorOf = (page: Page, number: number) => cell(page, number).locator('.monaco-editor').first();
const state = async (id: string) => (await client.notebooks.get.query({ id })).state;
const sources = async (id: string) => {
  const { text } = await client.notebooks.export.query({ id });
  return (JSON.parse(text).cells as { source: string[] }[]).map(({ source }) => source.join(''));
};

const make = async (cells: string[], spec?: string): Promise<string> =>
  (await client.notebooks.import.mutate({ name: 'A notebook', text: notebookFile(cells, spec) })).id;

async function openPage(page: Page, id: string): Promise<void> {
  await page.goto(`${origin}/notebooks/${id}`);
  await sees(page.locator('.monaco-editor'));
}

/** Puts the focus on a cell itself, where Jupyter's keys of one letter work. */
async function command(page: Page, number: number): Promise<void> {
  await cell(page, number).focus();
}

async function typeInto(page: Page, number: number, text: string): Promise<void> {
  await command(page, number);
  await page.keyboard.press('Enter');
  await sees(cell(page, number).locator('.monaco-editor.focused'));
  await page.keyboard.insertText(text);
}

/** The text of a frame without that of its scripts. */
const shownIn = (frame: FrameLocator) =>
  frame.locator('body').evaluate((body) => {
    const copy = body.cloneNode(true) as HTMLElement;
    for (const script of copy.querySelectorAll('script')) script.remove();
    return copy.textContent?.trim() ?? '';
  });

describe.skipIf(!hasBrowser)('a notebook', () => {
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    ({ page, complaints } = await visit(browser, address));
  });
  afterAll(() => page?.context().close());

  test('is made from the list, runs what is typed, and goes on at the next cell', async () => {
    await page.goto(`${origin}/notebooks`);
    await page.getByRole('button', { name: 'New TypeScript notebook' }).click();
    await sees(page.locator('.monaco-editor'));
    await typeInto(page, 1, 'const a = 6;\na * 7');
    await page.keyboard.press('Shift+Enter');
    await sees(output(page, 1).getByText('42', { exact: true }));
    await sees(cell(page, 2).locator('.monaco-editor'));
    await sees(page.getByRole('button', { name: 'Kernel: TypeScript (Deno), idle' }));
    expect(await cell(page, 1).getAttribute('aria-label')).toBe('Cell 1, code, ok');
  });

  test('keys of Jupyter insert, move, split, merge, change and delete cells, and take it back', async () => {
    const id = await make(['one', 'two', 'three']);
    await openPage(page, id);
    const now = (wanted: string[]) => expect.poll(() => sources(id), { timeout: 10_000 }).toEqual(wanted);
    await command(page, 1);
    await page.keyboard.press('b');
    await now(['one', '', 'two', 'three']);
    await page.keyboard.press('a');
    await now(['one', '', '', 'two', 'three']);
    await page.keyboard.press('d');
    await page.keyboard.press('d');
    await now(['one', '', 'two', 'three']);
    await page.keyboard.press('z');
    await page.keyboard.press('z');
    await page.keyboard.press('z');
    await now(['one', 'two', 'three']);
    await page.keyboard.press('Shift+Z');
    await now(['one', '', 'two', 'three']);
    await page.keyboard.press('z');
    await now(['one', 'two', 'three']);
    for (const [number, letter] of ['x', 'y'].entries()) {
      await editorOf(page, number + 1).click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type(letter);
      await now(number === 0 ? ['onex', 'two', 'three'] : ['one', 'twoy', 'three']);
      await page.keyboard.press('Backspace');
    }
    await now(['one', 'two', 'three']);
    await command(page, 1);
    await page.keyboard.press('Control+Shift+ArrowDown');
    await now(['two', 'one', 'three']);
    await command(page, 2);
    await page.keyboard.press('Shift+J');
    await page.keyboard.press('Shift+M');
    await now(['two', 'one\n\nthree']);
    await page.keyboard.press('z');
    await now(['two', 'one', 'three']);
    await command(page, 1);
    await page.keyboard.press('c');
    await page.keyboard.press('j');
    await page.keyboard.press('v');
    await now(['two', 'one', 'two', 'three']);
    await page.keyboard.press('x');
    await now(['two', 'one', 'three']);
    await page.keyboard.press('2');
    await now(['two', 'one', '## three']);
    await page.keyboard.press('y');
    await expect
      .poll(async () => Object.values((await state(id)).cells).map(({ type }) => type))
      .not.toContain('markdown');
    await typeInto(page, 1, 'abc');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Control+Shift+Minus');
    await expect.poll(async () => (await sources(id)).length).toBe(4);
    await page.keyboard.press('Escape');
    await page.keyboard.press('h');
    await sees(page.getByRole('dialog', { name: 'Keys of the notebook' }));
    await page.getByRole('switch').uncheck();
    await page.keyboard.press('Escape');
    await command(page, 1);
    await page.keyboard.press('b');
    await page.waitForTimeout(300);
    expect((await sources(id)).length).toBe(4);
    await page.evaluate(() => localStorage.clear());
  });

  test('finds and replaces in all cells, and takes it back', async () => {
    const id = await make(['# energy of silicon', 'const energy = 1;', 'energy + 1']);
    await openPage(page, id);
    await command(page, 1);
    await page.keyboard.press('Control+f');
    await page.getByRole('textbox', { name: 'Find' }).fill('energy');
    await sees(page.getByText('3 found'));
    await page.keyboard.press('Enter');
    await sees(page.getByText('1 of 3 found'));
    await page.getByRole('textbox', { name: 'Replace by' }).fill('gap');
    await page.getByRole('button', { name: 'Replace all' }).click();
    await expect.poll(() => sources(id)).toEqual(['# gap of silicon', 'const gap = 1;', 'gap + 1']);
    await page.getByRole('button', { name: 'Undo a change of cells' }).click();
    await expect.poll(() => sources(id)).toEqual(['# energy of silicon', 'const energy = 1;', 'energy + 1']);
  });

  test('on two pages at once converges, letter by letter', async () => {
    const id = await make(['']);
    const other = await page.context().newPage();
    await Promise.all([openPage(page, id), openPage(other, id)]);
    await typeInto(page, 1, '\n');
    await expect.poll(() => sources(id)).toEqual(['\n']);
    await typeInto(other, 1, '');
    await other.keyboard.press('Control+End');
    await page.keyboard.press('Control+Home');
    await Promise.all([
      page.keyboard.type('left side', { delay: 15 }),
      other.keyboard.type('right side', { delay: 15 }),
    ]);
    await expect.poll(() => sources(id)).toEqual(['left side\nright side']);
    for (const one of [page, other])
      await expect
        .poll(() =>
          one
            .locator('.view-lines')
            .first()
            .textContent()
            .then((text) => text!.replace(/\s+/g, ' ')),
        )
        .toMatch(/^left side ?right side$/);
    await other.close();
  });

  test('runs on while its page is closed, and shows what came meanwhile', async () => {
    const id = await make([
      'for (let i = 0; i < 12; i++) { console.log("tick", i); await new Promise(r => setTimeout(r, 100)); }',
    ]);
    const other = await page.context().newPage();
    await openPage(other, id);
    await command(other, 1);
    await other.keyboard.press('Control+Enter');
    await sees(output(other, 1).getByText('tick 1'));
    await other.close();
    await until(async () => (await state(id)).running === null || undefined, 20_000, 'the run did not end');
    await openPage(page, id);
    await sees(output(page, 1).getByText('tick 11'));
    expect(await cell(page, 1).locator('pre').last().textContent()).toMatch(/tick 0\n.*tick 1\n/s);
  });

  test('shows the queue, takes a cell back, and an interrupt ends what runs', async () => {
    const id = await make(['while (true) {}', '2', '3']);
    await openPage(page, id);
    await page.getByRole('button', { name: 'Run all cells' }).click();
    await sees(cell(page, 1).getByText(/^Running/));
    await sees(cell(page, 3).getByText('Queued, 2nd'));
    await page.getByRole('button', { name: 'Take cell 2 back from the queue' }).click();
    await sees(cell(page, 3).getByText('Queued, 1st'));
    await page.getByRole('button', { name: 'Interrupt the kernel' }).click();
    await sees(cell(page, 1).getByText(/^Interrupted/));
    expect((await state(id)).queue).toEqual([]);
  });

  test('shows head and tail of 100,000 lines, and stays quick', async () => {
    const id = await make([
      'for (let i = 0; i < 100000; i += 50) console.log(Array.from({length: 50}, (_, k) => "line " + (i + k)).join("\\n"))',
      '',
    ]);
    await openPage(page, id);
    await command(page, 1);
    await page.keyboard.press('Control+Enter');
    await sees(output(page, 1).getByText(/lines, .* left out here/), 40_000);
    await sees(cell(page, 1).getByRole('button', { name: 'Show all' }), 40_000);
    const started = Date.now();
    await typeInto(page, 2, 'still here');
    await sees(editorOf(page, 2).getByText('still here'));
    expect(Date.now() - started).toBeLessThan(5_000);
    await cell(page, 1).getByRole('button', { name: 'Show all' }).click();
    await sees(output(page, 1).getByText('line 50000'), 20_000);
  });

  test('draws outputs of all kinds, asks what a cell asks, and offers what the kernel knows', async () => {
    const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const show = (data: object) => `await Deno.jupyter.display(${JSON.stringify(data)}, { raw: true })`;
    const silicon = {
      cellAngstrom: [
        [0, 2.7, 2.7],
        [2.7, 0, 2.7],
        [2.7, 2.7, 0],
      ],
    };
    const atom = (x: number) => ({ species: [{ element: 'Si', concentration: 1 }], fractional: [x, x, x] });
    const id = await make([
      show({ 'image/png': pixel, 'text/plain': 'a pixel' }),
      show({ 'text/latex': '$$\\frac{1}{2}$$' }),
      show({ 'application/json': { gap: { ev: 0.61 } } }),
      show({ 'application/vnd.plotly.v1+json': { data: [{ x: [1, 2], y: [3, 4], name: 'energy' }], layout: {} } }),
      show({ 'application/vnd.brine.structure+json': { ...silicon, sites: [atom(0), atom(0.25)] } }),
      show({ 'application/x-unknown': 'x', 'text/plain': 'plain instead' }),
      'console.log("hello " + prompt("Your name?"))',
      'const answerToAll = 42;',
      '',
    ]);
    await openPage(page, id);
    await page.getByRole('button', { name: 'Run all cells' }).click();
    await sees(output(page, 1).getByRole('img', { name: 'a pixel' }));
    await sees(output(page, 2).locator('.katex'));
    await sees(output(page, 3).getByText('0.61'));
    await page.getByLabel('Your name?').fill('Marie');
    await page.keyboard.press('Enter');
    await sees(output(page, 7).getByText('hello Marie'));
    await output(page, 4).scrollIntoViewIfNeeded();
    await sees(output(page, 4).getByRole('img', { name: /^Plot.*energy/ }));
    await cell(page, 5).scrollIntoViewIfNeeded();
    await sees(output(page, 5).getByRole('group', { name: /Si/ }));
    await sees(output(page, 6).getByText('plain instead'));
    await until(async () => (await state(id)).running === null || undefined, 20_000, 'the cells did not end');
    await typeInto(page, 9, 'answerTo');
    await page.keyboard.press('Control+Space');
    await sees(page.locator('.suggest-widget').getByText('answerToAll'));
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await sources(id))[8]).toBe('answerToAll');
  });

  test('a hostile output reaches neither the page nor the platform', async () => {
    const hostile = `<p id="shown">shown</p><script>
      for (const act of [
        () => top.document.body.remove(), () => parent.document.title = 'broken', () => top.location = 'about:blank',
        () => document.forms[0].submit(), () => fetch('/api/v1/system/status').then((r) => r.text()).then((t) => document.body.append('LEAK ' + t)),
        () => localStorage.setItem('x', 'y'), () => open('about:blank'),
      ]) try { act(); } catch (err) { document.body.append(' refused'); }
      document.body.append(' script ran');
    </script><form action="/api/trpc/tokens.create" method="post" target="_top"><input name="a"></form>`;
    const id = await make([`await Deno.jupyter.display({"text/html": ${JSON.stringify(hostile)}}, {raw: true})`]);
    await openPage(page, id);
    const before = page.context().pages().length;
    await command(page, 1);
    await page.keyboard.press('Control+Enter');
    const frame = cell(page, 1).frameLocator('iframe');
    await frame.getByText('script ran').waitFor({ timeout: 20_000 });
    await page.waitForTimeout(500);
    expect(page.url()).toBe(`${origin}/notebooks/${id}`);
    expect(await page.title()).toMatch(/^A notebook/);
    expect(await shownIn(frame)).toMatch(/refused.*script ran/);
    expect(await shownIn(frame)).not.toContain('LEAK');
    expect(page.context().pages()).toHaveLength(before);
    await sees(page.getByRole('toolbar', { name: 'Notebook' }));
    // The same from a file is shown, and runs nothing.
    const text = JSON.stringify({
      ...{ nbformat: 4, nbformat_minor: 5, metadata: {} },
      cells: [
        {
          ...{ cell_type: 'code', id: 'a', metadata: {}, source: '1', execution_count: 1 },
          outputs: [{ output_type: 'display_data', metadata: {}, data: { 'text/html': hostile } }],
        },
      ],
    });
    const { id: brought } = await client.notebooks.import.mutate({ name: 'From elsewhere', text });
    await openPage(page, brought);
    const untrusted = cell(page, 1).frameLocator('iframe');
    await untrusted.getByText('shown').waitFor();
    await page.waitForTimeout(500);
    expect(await shownIn(untrusted)).toBe('shown');
    expect(await page.evaluate(() => localStorage.getItem('x'))).toBeNull();
    // What the frame was refused is told on the console, and is no fault of ours.
    complaints.splice(0);
  });

  test('outlives a kill of the process that runs it: nothing that was typed is lost, and the running cell says so', async () => {
    const id = await make(['console.log("begun"); await new Promise(r => setTimeout(r, 60000))', 'x']);
    await openPage(page, id);
    await command(page, 1);
    await page.keyboard.press('Control+Enter');
    await sees(output(page, 1).getByText('begun'));
    await page.waitForTimeout(200);
    const runtimes = processesOf(dataFolder).find(({ command: line }) => line.includes('runtimes.mjs'))!;
    process.kill(runtimes.pid, 'SIGKILL');
    await typeInto(page, 2, ' typed meanwhile ');
    await sees(cell(page, 1).getByText('Died'), 40_000);
    await sees(output(page, 1).getByText('begun'));
    await expect.poll(async () => (await sources(id))[1], { timeout: 30_000 }).toContain('typed meanwhile');
    await sees(page.getByText('Saved', { exact: true }));
    await command(page, 2);
    await page.keyboard.press('b');
    await typeInto(page, 3, 'console.log("again")');
    await page.keyboard.press('Control+Enter');
    await sees(output(page, 3).getByText('again', { exact: true }), 30_000);
    complaints.splice(0);
  });

  test('is uploaded and downloaded as a file, with a text in formulas between', async () => {
    await page.goto(`${origin}/notebooks`);
    const file = {
      nbformat: 4,
      nbformat_minor: 4,
      metadata: { own: 1 },
      cells: [
        { cell_type: 'markdown', metadata: {}, source: ['# Title\n', '\n', 'as $x^2$ <script>alert(1)</script>'] },
      ],
    };
    await page.getByLabel('Notebook file').setInputFiles({
      name: 'from-jupyter.ipynb',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(file)),
    });
    await sees(page.getByRole('heading', { name: 'Title', level: 2 }));
    await sees(page.locator('.katex'));
    await sees(page.getByText('<script>alert(1)</script>'));
    await page.getByRole('button', { name: 'More', exact: true }).click();
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Download .ipynb' }).click(),
    ]);
    const written = JSON.parse(readFileSync((await saved.path())!, 'utf8'));
    expect(written).toMatchObject({ nbformat: 4, nbformat_minor: 5, metadata: { own: 1 } });
    expect(written.cells[0].source).toEqual(file.cells[0]!.source);
    await page.getByLabel('Notebook file').waitFor({ state: 'detached' });
  });

  test('of 1,000 cells opens quickly, with editors only near the screen', async () => {
    const id = await make(Array.from({ length: 1000 }, (_, i) => `const value${i} = ${i};\nvalue${i} + 1`));
    const started = Date.now();
    await openPage(page, id);
    const seconds = (Date.now() - started) / 1000;
    console.log(`1,000 cells open in ${seconds.toFixed(2)} s`);
    expect(await page.locator('.monaco-editor').count()).toBeLessThan(40);
    await cell(page, 990).scrollIntoViewIfNeeded();
    await sees(editorOf(page, 990));
    await typeInto(page, 990, 'typed');
    await sees(editorOf(page, 990).getByText(/typed/));
    expect(await page.locator('.monaco-editor').count()).toBeLessThan(60);
  });

  test('nothing complained meanwhile', () => {
    expect(complaints).toEqual([]);
  });
});
