import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { hasBrowser, launchBrowser, visit } from './browser';
import { connect } from './client';
import { cellOf as cell, outputOf as output } from './notebook-page';
import { processesOf, until } from './platform';

const platform = inject('platform');
const { origin, address, dataFolder } = platform;
const client = connect(platform);

/** As their command lines name them. */
const processes = { web: /next-server|next\/dist\/bin\/next/, worker: /worker\.mjs/, runtimes: /runtimes\.mjs/ };

async function kill(name: keyof typeof processes): Promise<void> {
  const found = processesOf(dataFolder).filter(({ command }) => processes[name].test(command));
  expect(found).not.toEqual([]);
  for (const { pid } of found) process.kill(pid, 'SIGKILL');
}

/** While the web is away nobody answers. */
const state = (id: string) =>
  until(
    () =>
      client.notebooks.get.query({ id }).then(
        ({ state: known }) => known,
        () => undefined,
      ),
    60_000,
    'the platform does not answer',
  );

const ended = (id: string, at: number) =>
  until(
    async () => {
      const { cells, order } = await state(id);
      const { run } = cells[order[at]!]!;
      return run.state === 'running' || run.state === 'queued' || run.state === 'idle' ? undefined : run.state;
    },
    90_000,
    `cell ${at + 1} did not end`,
    250,
  );

const counts = [
  'console.log("begun");',
  'for (let i = 0; i < 60; i++) { await new Promise((r) => setTimeout(r, 250)); console.log("tick", i); }',
].join('\n');

describe.skipIf(!hasBrowser)('a notebook whose cell runs', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    ({ page } = await visit(browser, address));
  });
  afterAll(() => browser?.close());

  async function begin(): Promise<string> {
    const code = (source: string) => ({ cell_type: 'code', metadata: {}, source, outputs: [], execution_count: null });
    const file = {
      ...{ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: { name: 'deno', display_name: 'deno' } } },
      cells: ['const before = 41;', counts, 'typeof before === "number" ? before + 1 : "gone"'].map(code),
    };
    const text = JSON.stringify(file);
    const { id } = await client.notebooks.import.mutate({ name: 'Under fire', text });
    await page.goto(`${origin}/notebooks/${id}`);
    await page.locator('.monaco-editor').first().waitFor();
    await page.getByRole('button', { name: 'Run cell 1' }).click();
    await page.getByRole('button', { name: 'Run cell 2' }).click();
    await output(page, 2).getByText('tick 3').first().waitFor({ timeout: 60_000 });
    return id;
  }

  /** What the page shows after a reload is what the server has. */
  async function expectKept(): Promise<void> {
    await page.reload();
    await output(page, 2).getByText('begun').first().waitFor({ timeout: 60_000 });
    await output(page, 2).getByText('tick 2').first().waitFor();
    const sources = (await page.locator('.view-lines, [class*="plain"]').allTextContents())
      .join('\n')
      .replace(/\s/g, '');
    expect(sources).toContain('constbefore=41;');
  }

  test.each(['web', 'worker'] as const)('runs on to its end when the %s is killed', async (name) => {
    const id = await begin();
    await kill(name);
    expect(await ended(id, 1)).toBe('ok');
    await output(page, 2).getByText('tick 59').first().waitFor({ timeout: 60_000 });
    await expectKept();
    await page.getByRole('button', { name: 'Run cell 3' }).click();
    await output(page, 3).getByText('42', { exact: true }).first().waitFor({ timeout: 60_000 });
  });

  test('says that it died when the runtimes are killed, keeps what it had printed, and goes on in another kernel', async () => {
    const id = await begin();
    await page.waitForTimeout(300);
    await kill('runtimes');
    expect(await ended(id, 1)).toBe('lost');
    await cell(page, 2).getByText('Died', { exact: true }).waitFor({ timeout: 60_000 });
    await cell(page, 2)
      .getByText(/the platform was ended while it ran/)
      .waitFor();
    await expectKept();
    await page.getByRole('button', { name: 'Run cell 3' }).click();
    await output(page, 3).getByText('gone').first().waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Run cell 1' }).click();
    await page.getByRole('button', { name: 'Run cell 3' }).click();
    await output(page, 3).getByText('42', { exact: true }).first().waitFor({ timeout: 60_000 });
  });
});
