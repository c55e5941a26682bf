// How fast the platform starts, its pages paint, and a first point appears after Submit; against the targets.
// usage: brine bench pages   (prints; never fails on a time)
import type { Browser, Page } from 'playwright-core';
import { hasBrowser, launchBrowser, visit } from '../e2e/browser';
import { connect, untilEnded } from '../e2e/client';
import { siliconCalculation } from '../e2e/crystals';
import { makeDataFolder, type Platform, removeDataFolder, startPlatform } from '../e2e/platform';

const REPEATS = 3;
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

function tell(what: string, ms: number, targetMs: number | null = null): void {
  const ratio = targetMs === null ? '' : `  ${(ms / targetMs).toFixed(2)} of ${targetMs} ms`;
  console.log(`${what.padEnd(48)} ${String(Math.round(ms)).padStart(7)} ms${ratio}`);
}

const dataFolder = makeDataFolder();
try {
  await measure();
} finally {
  await removeDataFolder(dataFolder);
}

async function measure(): Promise<void> {
  const start = () => startPlatform({ dataFolder, environment: { BRINE_SEED: '0' } });
  const first = await start();
  tell('first start of a new data folder', first.startMs);
  await first.end('SIGINT');
  const later: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    const platform = await start();
    later.push(platform.startMs);
    await platform.end('SIGINT');
  }
  tell('later start', median(later), 4_000);
  const platform = await start();
  await measureSilicon(platform);
  if (hasBrowser) await measurePages(platform);
  else console.log('skipped: pages (no Chromium)');
  await platform.end('SIGINT');
}

/** Two atoms, 4 x 4 x 4, 15 Ha, about 60 points of the path. */
async function measureSilicon(platform: Platform): Promise<void> {
  const client = connect(platform);
  const file = siliconCalculation({ cutoffHartree: 15, mesh: [4, 4, 4] });
  const properties = { bands: { stepPerAngstrom: 0.095 }, dos: { mesh: [4, 4, 4] } };
  const started = performance.now();
  const { id } = await client.calculations.run.mutate({ ...file, properties, useCache: false } as never);
  await untilEnded(client, id);
  const points = (await client.calculations.results.query({ id })).properties.bands?.kpoints.length;
  tell(`silicon, bands (${points} points) and density of states`, performance.now() - started, 20_000);
}

async function measurePages(platform: Platform): Promise<void> {
  const browser = await launchBrowser();
  try {
    const client = connect(platform);
    const { id: structureId } = await client.structures.createFromExample.mutate({ exampleId: 'silicon' });
    const makeDraft = () =>
      client.drafts.create.mutate({
        data: { structureId, properties: { bands: {}, dos: {} }, protocol: 'fast', electronicType: 'insulator' },
      });
    const { id } = await makeDraft();
    for (const step of ['structure', 'properties', 'resources', 'review'])
      tell(`paint (LCP) of step ${step}`, await largestPaint(browser, platform, `/drafts/${id}/${step}`), 1_000);
    tell('paint (LCP) of home', await largestPaint(browser, platform, '/'), 1_000);
    const { items } = await client.calculations.list.query({});
    tell('paint (LCP) of results', await largestPaint(browser, platform, `/calculations/${items[0]!.id}`), 1_000);
    await measureSteps(browser, platform, id);
  } finally {
    await browser.close();
  }
}

/** Of a page that the browser has never seen: nothing of it is in its cache. */
async function largestPaint(browser: Browser, { address, origin }: Platform, path: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    const { page } = await visit(browser, address);
    await page.goto(`${origin}${path}`, { waitUntil: 'networkidle' });
    times.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            new PerformanceObserver((list) => resolve(list.getEntries().at(-1)!.startTime)).observe({
              type: 'largest-contentful-paint',
              buffered: true,
            });
          }),
      ),
    );
    await page.context().close();
  }
  return median(times);
}

async function measureSteps(browser: Browser, { address, origin }: Platform, draftId: string): Promise<void> {
  const { page } = await visit(browser, address);
  await page.goto(`${origin}/drafts/${draftId}/structure`, { waitUntil: 'networkidle' });
  for (const [button, title] of [
    ['Choose properties', 'Choose properties'],
    ['Choose resources', 'Choose resources'],
    ['Review', 'Review and submit'],
  ] as const)
    tell(`to "${title}"`, await pressAndWait(page, button, 'h1', title), 150);
  // It waits for the numbers that follow from the last save.
  await page.locator('button:not([aria-disabled])', { hasText: /^Submit$/ }).waitFor();
  tell('Submit to the first point on screen', await pressAndWait(page, 'Submit', '[role=img]', 'Iteration'), 2_000);
  await page.context().close();
}

/** From the press of a button to the painted frame in which an element bears a text, by the page's own clock. */
function pressAndWait(page: Page, button: string, selector: string, text: string): Promise<number> {
  return page.evaluate(
    ([name, where, wanted]) =>
      new Promise<number>((resolve) => {
        const started = performance.now();
        const look = () => {
          const isThere = [...document.querySelectorAll(where!)].some((element) =>
            (element.getAttribute('aria-label') ?? element.textContent ?? '').startsWith(wanted!),
          );
          if (!isThere) return void requestAnimationFrame(look);
          requestAnimationFrame(() => resolve(performance.now() - started));
        };
        [...document.querySelectorAll('button')].find((element) => element.textContent?.trim() === name)!.click();
        look();
      }),
    [button, selector, text],
  );
}
