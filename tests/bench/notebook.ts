// How soon a cell's output is on the page, how soon a long notebook opens, and how it types and prints; against the targets.
// usage: brine bench notebook   (prints; never fails on a time)
import type { Page } from 'playwright-core';
import { hasBrowser, launchBrowser, visit } from '../e2e/browser';
import { type Client, connect } from '../e2e/client';
import { makeDataFolder, type Platform, removeDataFolder, startPlatform } from '../e2e/platform';
import { runBench } from './support/run-bench';

const REPEATS = 9;
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

function tell(what: string, ms: number, targetMs: number | null = null): void {
  const ratio = targetMs === null ? '' : `  ${(ms / targetMs).toFixed(2)} of ${targetMs} ms`;
  console.log(`${what.padEnd(52)} ${String(Math.round(ms)).padStart(7)} ms${ratio}`);
}

const dataFolder = makeDataFolder();
await runBench(measure, () => removeDataFolder(dataFolder));

async function measure(): Promise<void> {
  if (!hasBrowser) return console.log('skipped: notebooks (no Chromium)');
  const platform = await startPlatform({ dataFolder, environment: { BRINE_SEED: '0' } });
  const browser = await launchBrowser();
  const { page } = await visit(browser, platform.address);
  await measureCells(page, platform);
  await measureLong(page, platform);
  await measureLines(page, platform);
  await browser.close();
  await platform.end('SIGINT');
}

async function make(client: Client, sources: string[]): Promise<string> {
  const cells = sources.map((source) => ({
    cell_type: 'code',
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  }));
  const metadata = { kernelspec: { name: 'deno', display_name: 'TypeScript' } };
  const text = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells });
  return (await client.notebooks.import.mutate({ name: 'Bench', text })).id;
}

/** From the address to the first editor with its text. */
async function openNotebook(page: Page, { origin }: Platform, id: string): Promise<number> {
  const started = performance.now();
  await page.goto(`${origin}/notebooks/${id}`, { waitUntil: 'commit' });
  await page.locator('.monaco-editor .view-line').first().waitFor();
  return performance.now() - started;
}

async function measureCells(page: Page, platform: Platform): Promise<void> {
  const client = connect(platform);
  const sources = Array.from({ length: REPEATS + 1 }, (_, i) => `${i} + 1`);
  // One before, so that the browser has the editor in its cache and a kernel waits, as for whoever works with notebooks.
  const warm = await make(client, sources);
  tell('opens, with nothing in the cache', await openNotebook(page, platform, warm));
  await runCell(page, 1);
  await page.waitForTimeout(5_000);
  tell('opens', await openNotebook(page, platform, await make(client, sources)));
  tell('first cell of a new TypeScript notebook', await runCell(page, 1), 1_500);
  const times: number[] = [];
  for (let number = 2; number <= REPEATS + 1; number++) {
    await page.waitForTimeout(200);
    times.push(await runCell(page, number));
  }
  tell('cell, from the key to the painted output', median(times), 30);
}

/** From the press of the key to the frame in which the output is painted, by the page's own clock. */
function runCell(page: Page, number: number): Promise<number> {
  return page.evaluate(
    (n) =>
      new Promise<number>((resolve) => {
        const cell = document.querySelector<HTMLElement>(`section[aria-label^="Cell ${n},"]`)!;
        cell.focus();
        const started = performance.now();
        cell.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }),
        );
        const look = () => {
          if (!cell.querySelector('[aria-label^="Output of cell"]')) return void requestAnimationFrame(look);
          requestAnimationFrame(() => resolve(performance.now() - started));
        };
        look();
      }),
    number,
  );
}

async function measureLong(page: Page, platform: Platform): Promise<void> {
  const sources = Array.from({ length: 1000 }, (_, i) => `const value${i} = ${i};\nvalue${i} + 1`);
  const id = await make(connect(platform), sources);
  tell('1,000 cells open', await openNotebook(page, platform, id), 2_500);
  await page.waitForFunction(() => document.querySelectorAll('section[aria-label^="Cell"]').length === 1000);
  await page.locator('.monaco-editor').first().click();
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => seen.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'event',
      durationThreshold: 16,
    } as PerformanceObserverInit);
  });
  await page.keyboard.type('some text that is typed at speed', { delay: 60 });
  await page.waitForTimeout(500);
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: number[] }).seen);
  tell('  a key, from the press to the paint, at worst', Math.max(16, ...seen), 50);
}

async function measureLines(page: Page, platform: Platform): Promise<void> {
  const source = 'for (let i = 0; i < 100000; i++) console.log("line", i)';
  await openNotebook(page, platform, await make(connect(platform), [source, '1']));
  await runCell(page, 2);
  const started = performance.now();
  await runCell(page, 1);
  const ended = page.getByText('line 99999', { exact: false }).first().waitFor({ timeout: 120_000 });
  const gaps = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let worst = 0;
        let last = performance.now();
        const until = last + 3_000;
        const look = () => {
          const now = performance.now();
          worst = Math.max(worst, now - last);
          last = now;
          if (now < until) requestAnimationFrame(look);
          else resolve(worst);
        };
        requestAnimationFrame(look);
      }),
  );
  tell('  longest pause between frames while 100,000 lines come', await gaps, 200);
  await ended;
  tell('100,000 lines, until the last is on the page', performance.now() - started);
}
