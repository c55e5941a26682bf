import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { hasBrowser, launchBrowser, visit } from './browser';
import { connect, untilEnded } from './client';

const { origin, address, dataFolder } = inject('platform');
const LONG_MS = 240_000;
const client = connect({ origin, dataFolder });
let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await launchBrowser();
});
afterAll(() => browser?.close());

const sees = (locator: Locator, timeoutMs = 20_000) => locator.first().waitFor({ timeout: timeoutMs });
const next = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const untilSaved = (page: Page) => sees(page.getByRole('status').getByText(/^Saved/));
/** What the text of every plot says when the pointer is on it. */
const hovers = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.js-plotly-plot')].flatMap((plot) =>
      ((plot as unknown as { data: { text?: string[] }[] }).data ?? []).flatMap(({ text }) => text ?? []),
    ),
  );

const displacedSilicon = `displaced silicon
1.0
0.0 2.715 2.715
2.715 0.0 2.715
2.715 2.715 0.0
Si
2
Direct
0.0 0.0 0.0
0.27 0.25 0.24
`;

describe.skipIf(!hasBrowser)('a relaxation and fat bands', () => {
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    ({ page, complaints } = await visit(browser, address));
  });
  afterAll(() => page?.context().close());

  test('displaced silicon is relaxed first, and its bands are made of orbitals', { timeout: LONG_MS }, async () => {
    const { id: structureId } = await client.structures.import.mutate({
      text: displacedSilicon,
      fileName: 'POSCAR',
      source: 'text',
    });
    await page.goto(`${origin}/new?structure=${structureId}`);
    await page.getByRole('checkbox', { name: 'Relaxed geometry' }).check();
    await sees(page.getByText('What moves'));
    await page.getByRole('checkbox', { name: 'Electronic bands' }).check();
    await page.getByRole('radio', { name: 'Fast' }).check();
    await page.getByRole('radio', { name: 'Insulator' }).check();
    expect(await page.getByRole('radio', { name: 'Embedded engine' }).isChecked()).toBe(true);
    await page.getByText('Advanced', { exact: true }).click();
    await page.getByLabel('Plane-wave cutoff (Ha)').fill('8');
    await page.getByLabel('Step along the path (1/Å)').fill('0.3');
    await untilSaved(page);
    await next(page, 'Choose resources').click();
    await sees(page.getByRole('region', { name: 'Estimate' }).getByText('Relaxed geometry'));
    await next(page, 'Review').click();
    await sees(page.getByText(/^atoms, until forces are below/));
    await next(page, 'Submit').click();
    await page.waitForURL(/\/calculations\//);
    await untilEnded(client, new URL(page.url()).pathname.split('/').at(-1)!, LONG_MS);

    await sees(page.getByRole('heading', { name: 'Relaxation' }), 60_000);
    await sees(page.getByRole('img', { name: /Relaxation of Si: \d+ geometries/ }));
    const slider = page.getByRole('slider', { name: 'Step of the relaxation' });
    await slider.fill('0');
    await sees(page.getByText(/^Step 0 of \d+/));
    await sees(page.getByRole('button', { name: 'Play the relaxation' }));
    await sees(page.getByRole('table', { name: 'The cell before and after' }));
    await page.getByLabel('Colour by').selectOption('element-orbital');
    expect(new URL(page.url()).searchParams.get('by')).toBe('element-orbital');
    await expect
      .poll(async () => (await hovers(page)).some((text) => /band 1, k = Γ.*Si s \d+ %/.test(text)))
      .toBe(true);
    await sees(page.getByRole('region', { name: 'Ground state' }).getByRole('table', { name: 'Forces (eV/Å)' }));
    await page.getByRole('link', { name: 'Use this structure' }).click();
    await page.waitForURL(/\/drafts\//);
    await sees(page.getByRole('heading', { name: 'Choose properties' }));
    expect(complaints).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)('iron with moments', () => {
  test('magnetism starts with a moment of the element, and spins are told apart in the results', {
    timeout: LONG_MS,
  }, async () => {
    const { page, complaints } = await visit(browser, address);
    const { id: structureId } = await client.structures.import.mutate({
      text: JSON.stringify({
        cellAngstrom: [
          [-1.43, 1.43, 1.43],
          [1.43, -1.43, 1.43],
          [1.43, 1.43, -1.43],
        ],
        sites: [{ element: 'Fe', fractional: [0, 0, 0] }],
      }),
      fileName: 'iron.json',
      source: 'text',
    });
    await page.goto(`${origin}/new?structure=${structureId}`);
    await page.getByRole('checkbox', { name: 'Electronic bands' }).check();
    await page.getByRole('radio', { name: 'Fast' }).check();
    await page.getByRole('radio', { name: 'Metal', exact: true }).check();
    await page.getByRole('radio', { name: 'Collinear' }).check();
    const moment = page.getByLabel('Starting moment of site 1, Fe');
    expect(await moment.inputValue()).toBe('4');
    await moment.fill('3');
    await page.getByText('Advanced', { exact: true }).click();
    await page.getByLabel('Plane-wave cutoff (Ha)').fill('20');
    await page.getByLabel('Step along the path (1/Å)').fill('0.4');
    await page.getByRole('group', { name: 'k-point mesh' }).getByRole('textbox').first().waitFor();
    for (const box of await page.getByRole('group', { name: 'k-point mesh' }).getByRole('textbox').all())
      await box.fill('3');
    await untilSaved(page);
    await next(page, 'Choose resources').click();
    await next(page, 'Review').click();
    await sees(page.getByText('+3', { exact: true }));
    await next(page, 'Submit').click();
    await page.waitForURL(/\/calculations\//);
    const ended = await untilEnded(client, new URL(page.url()).pathname.split('/').at(-1)!, LONG_MS);
    expect(ended.state).toBe('finished');
    await sees(page.getByText('Magnetisation'), 60_000);
    await sees(page.getByRole('table', { name: 'Moments of the sites' }));
    await expect.poll(async () => (await hovers(page)).some((text) => /^band 1 down, k = Γ/.test(text))).toBe(true);
    await page.getByRole('radiogroup', { name: 'Spins of the bands' }).getByText('Up').click();
    expect(new URL(page.url()).searchParams.get('spin')).toBe('up');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
