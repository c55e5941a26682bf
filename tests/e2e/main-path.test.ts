import { readFileSync } from 'node:fs';
import type { Browser, Download, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { hasBrowser, launchBrowser, tabTo, visit } from './browser';
import { aluminiumPhosphideCif, siliconCif } from './crystals';
import { until } from './platform';

const { origin, address } = inject('platform');
const LONG_MS = 180_000;
let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await launchBrowser();
});
afterAll(() => browser?.close());

const heading = (page: Page, name: string | RegExp, level = 1) => page.getByRole('heading', { name, level });
const next = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const fact = (page: Page, name: string) =>
  page
    .getByRole('main')
    .locator('dl > div', { has: page.getByText(name, { exact: true }) })
    .locator('dd')
    .first();

const told = (page: Page, name: string) => fact(page, name).textContent();

/** As soon as it holds; the last difference where it never does. */
const eventually = (check: () => Promise<void>, timeoutMs = 15_000) =>
  expect.poll(() => check().then(() => 'holds', String), { timeout: timeoutMs, interval: 100 }).toBe('holds');
const sees = (locator: Locator, timeoutMs = 20_000) => locator.first().waitFor({ timeout: timeoutMs });
const untilSaved = (page: Page) => sees(page.getByRole('status').getByText(/^Saved/));

describe.skipIf(!hasBrowser)('from the printed address to plotted bands', () => {
  let page: Page;
  let complaints: string[];
  let calculationPath: string;
  beforeAll(async () => {
    ({ page, complaints } = await visit(browser, address));
  });
  afterAll(() => page?.context().close());

  test('the first page shows the silicon that the platform computed by itself', { timeout: LONG_MS }, async () => {
    await sees(page.getByRole('link', { name: /^Si, computed here/ }), 90_000);
    expect(new URL(page.url()).search).toBe('');
    const example = page.getByRole('region', { name: /computed here/ });
    await sees(example.getByText('Band gap'));
    await sees(example.getByText(/^0\.\d+.eV$/));
    expect(await page.title()).toMatch(/Brine/);
    expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
    expect(await page.context().cookies()).toEqual([expect.objectContaining({ httpOnly: true, sameSite: 'Strict' })]);
  });

  test('step 1: what is no structure is answered with a sentence; the step cannot be left without one', async () => {
    await page.getByRole('main').getByRole('link', { name: 'New calculation' }).click();
    await sees(heading(page, 'Select a structure'));
    await next(page, 'Choose properties').press('Enter');
    await sees(page.getByRole('status').getByText('Choose a structure first.'));
    await page.getByLabel('Structure file').setInputFiles(file('notes.cif', 'these are my notes\n'));
    // Next's announcer of pages is an alert too, with words from the start.
    await sees(
      page
        .getByRole('main')
        .getByRole('alert')
        .getByText(/no data block/),
    );
    expect(new URL(page.url()).pathname).toMatch(/^\/drafts\/[^/]+\/structure$/);
  });

  test('step 1: a CIF is read, shown with its symmetry, and its cells are one click apart', async () => {
    await page.getByLabel('Structure file').setInputFiles(file('AlP.cif', aluminiumPhosphideCif));
    await sees(heading(page, 'AlP', 2));
    await sees(page.getByText('(No. 216)'));
    await eventually(async () => expect(await told(page, 'Atoms')).toBe('8'));
    expect(await told(page, 'Volume')).toMatch(/^163\.08/);
    const wyckoff = page.getByRole('table', { name: 'Wyckoff positions' });
    expect(await wyckoff.getByRole('row').count()).toBe(3);
    const cells = page.getByRole('group', { name: 'Cell' });
    await cells.getByRole('button', { name: 'Primitive cell' }).click();
    await eventually(async () => expect(await told(page, 'Atoms')).toBe('2'));
    await cells.getByRole('button', { name: 'Conventional cell' }).click();
    await eventually(async () => expect(await told(page, 'Atoms')).toBe('8'));
    await cells.getByRole('button', { name: 'Primitive cell' }).click();
    await eventually(async () => expect(await told(page, 'Atoms')).toBe('2'));
    await sees(page.getByRole('complementary', { name: 'Structure and summary' }).getByRole('group', { name: /AlP/ }));
    await sees(page.locator('canvas'));
  });

  test('step 2: properties and protocol; a derived number is overridden and put back', async () => {
    await next(page, 'Choose properties').click();
    await sees(heading(page, 'Choose properties'));
    await eventually(async () =>
      expect(await heading(page, 'Choose properties').evaluate((e) => e === document.activeElement)).toBe(true),
    );
    await page.getByRole('checkbox', { name: /bands/i }).check();
    await page.getByRole('checkbox', { name: /density of states/i }).check();
    await page.getByRole('radio', { name: /^Fast/ }).check();
    await page.getByRole('radio', { name: /^Insulator/ }).check();
    await page.getByText('Advanced', { exact: true }).click();
    const cutoff = page.getByLabel('Plane-wave cutoff (Ha)');
    // The number that follows from the choices above comes with the server's answer to them.
    await sees(page.getByText(/from fast, twice for insulators/));
    const automatic = await cutoff.inputValue();
    await cutoff.fill('7,5');
    const reset = page.getByRole('button', { name: /^Back to .*for Plane-wave cutoff/ });
    await sees(reset);
    await reset.click();
    await eventually(async () => expect(await cutoff.inputValue()).toBe(automatic));
    await cutoff.fill('8');
    await cutoff.blur();
    await sees(reset);
    await untilSaved(page);
  });

  test('the draft is on the server: a reload and another tab show it as it is', async () => {
    await page.reload();
    const other = await page.context().newPage();
    await other.goto(page.url());
    for (const tab of [page, other]) {
      await sees(heading(tab, 'Choose properties'));
      expect(await tab.getByRole('checkbox', { name: /bands/i }).isChecked()).toBe(true);
      expect(await tab.getByRole('radio', { name: /^Fast/ }).isChecked()).toBe(true);
      await tab.getByText('Advanced', { exact: true }).click();
      await eventually(async () => expect(await tab.getByLabel('Plane-wave cutoff (Ha)').inputValue()).toBe('8'));
    }
    await other.goto(origin);
    await sees(other.getByRole('region', { name: 'Go on with' }).getByRole('link', { name: /AlP/ }));
    await other.close();
  });

  test('step 3: this computer, cores, a time limit, and an estimate', async () => {
    await next(page, 'Choose resources').click();
    await sees(heading(page, 'Choose resources'));
    expect(await page.getByRole('group', { name: 'Computer' }).getByRole('radio').count()).toBe(1);
    await sees(page.getByRole('region', { name: 'Estimate' }).getByText(/This cell holds 2 atoms/));
    await page.getByRole('textbox', { name: 'Cores', exact: true }).fill('1');
    await sees(page.getByRole('button', { name: /^Back to .*for Cores/ }));
    await page.getByRole('textbox', { name: 'Time limit', exact: true }).fill('2');
    await untilSaved(page);
  });

  test('step 4: all choices with links back, and a label made from them', async () => {
    await next(page, 'Review').click();
    await sees(heading(page, 'Review and submit'));
    await eventually(async () =>
      expect(await page.getByLabel('Label').inputValue()).toMatch(/AlP: .*bands.*PBE, fast/),
    );
    await eventually(async () => expect(await told(page, 'Cutoff')).toMatch(/8.Ha.*set by hand/s));
    expect(await told(page, 'Time limit')).toMatch(/2.h/);
    await page.getByRole('link', { name: 'Edit properties' }).click();
    await sees(heading(page, 'Choose properties'));
    await page.goBack();
    await sees(heading(page, 'Review and submit'));
    await page.getByLabel('Label').fill('AlP from a file');
    await untilSaved(page);
  });

  test('Submit: points of the self-consistent cycle appear while it runs', { timeout: LONG_MS }, async () => {
    await next(page, 'Submit').click();
    await page.waitForURL(/\/calculations\/[^/]+$/);
    calculationPath = new URL(page.url()).pathname;
    await sees(page.getByRole('img', { name: /^Iteration \d+: estimated error/ }), 60_000);
    await sees(page.getByRole('status').getByText('finished'), 150_000);
  });

  test('the results: bands beside the density of states, the gap with its kind and place', async () => {
    await sees(page.getByRole('heading', { name: 'Bands and density of states' }));
    const plot = page.getByRole('img', { name: /Band structure of AlP/ });
    await eventually(async () => {
      expect(await plot.locator('.plot-container path.js-line').count()).toBeGreaterThan(4);
    });
    expect(await plot.locator('.plot-container').textContent()).toContain('Γ');
    expect(await plot.getAttribute('aria-label')).toMatch(/indirect/);
    expect(await told(page, 'Band gap')).toMatch(/^\d\.\d+.eV/);
    await sees(page.getByText(/^indirect/));
    await page.getByText('The numbers as a table').click();
    expect(
      await page
        .getByRole('region', { name: /special points/ })
        .getByRole('row')
        .count(),
    ).toBeGreaterThan(6);
    expect(await page.title()).toMatch(/finished/);
  });

  test('downloads: CSV, JSON, PNG and SVG of the plot, and all of it as JSON', async () => {
    const csv = readFileSync(await (await exported(page, 'Bands as CSV')).path(), 'utf8');
    expect(csv.split('\n').length).toBeGreaterThan(20);
    expect(csv.split('\n')[0]).toMatch(/distance/i);
    const bands = JSON.parse(readFileSync(await (await exported(page, 'Bands as JSON')).path(), 'utf8'));
    expect(bands.energiesEv[0]).toHaveLength(bands.kpoints.length);
    expect(
      csv
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('#')).length,
    ).toBe(bands.kpoints.length + 1);
    const dos = JSON.parse(readFileSync(await (await exported(page, /states as JSON/)).path(), 'utf8'));
    expect(Math.max(...dos.integratedStates[0])).toBeGreaterThan(7.9);
    expect((await exported(page, /states as CSV/)).suggestedFilename()).toMatch(/\.csv$/);
    const png = readFileSync(await (await exported(page, /^PNG/)).path());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThan(1000);
    expect(readFileSync(await (await exported(page, 'SVG')).path(), 'utf8')).toMatch(/^<svg|<\?xml/);
    const all = await downloaded(page, async () => {
      await page.getByRole('banner').or(page.getByRole('main')).getByRole('button', { name: 'Export' }).first().click();
      await page.getByRole('menuitem', { name: 'Inputs and results as JSON' }).click();
    });
    expect(JSON.parse(readFileSync(await all.path(), 'utf8'))).toMatchObject({
      calculation: { formula: 'AlP', state: 'finished' },
      results: { scf: { converged: true } },
    });
  });

  test('a reload shows the same, and the tabs tell inputs, provenance, log and files', async () => {
    const gap = await told(page, 'Band gap');
    await page.reload();
    expect(await told(page, 'Band gap')).toBe(gap);
    const tab = (name: string) =>
      page.getByRole('navigation', { name: 'Parts of the calculation' }).getByRole('link', { name });
    await tab('Inputs').click();
    await sees(page.getByText('Time limit', { exact: true }));
    expect(page.url()).toMatch(/tab=inputs/);
    expect(await told(page, 'Cutoff')).toMatch(/^8.Ha/);
    await tab('Progress').click();
    await page.getByText('The log', { exact: true }).click();
    await sees(page.getByRole('listitem').getByText(/finished/));
    await tab('Provenance').click();
    await sees(page.getByText('What the run really used'));
    await tab('Files').click();
    const output = page.getByRole('link', { name: 'output.json' }).first();
    const saved = await downloaded(page, () => output.click());
    expect(JSON.parse(readFileSync(await saved.path(), 'utf8')).converged).toBe(true);
    await tab('Structure').click();
    await sees(page.getByText('(No. 216)'));
  });

  test('the label is changed in place', async () => {
    await page.getByRole('button', { name: /change the label/ }).click();
    await page.getByRole('textbox', { name: 'Label' }).fill('AlP renamed');
    await page.keyboard.press('Enter');
    await sees(page.getByRole('button', { name: /^AlP renamed/ }));
  });

  test('the list is filtered by the server, keeps its filters in the address, and opens a calculation', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Calculations' }).click();
    await sees(heading(page, 'Calculations'));
    const rows = page.getByRole('main').getByRole('row');
    await sees(page.getByRole('link', { name: 'AlP renamed', exact: true }));
    await page.getByLabel('Formula', { exact: true }).fill('PAl');
    await page.waitForURL(/formula=PAl/);
    await eventually(async () => expect(await rows.count()).toBe(2));
    await page.getByLabel('Label', { exact: true }).fill('no such label');
    await sees(page.getByText('No calculation fits these filters'));
    await page.getByRole('link', { name: 'Clear', exact: true }).click();
    await page.getByRole('button', { name: 'finished' }).click();
    await page.waitForURL(/state=finished/);
    await page.reload();
    expect(await page.getByRole('button', { name: 'finished' }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('link', { name: 'AlP renamed', exact: true }).click();
    await page.waitForURL((url) => url.pathname === calculationPath);
    await sees(heading(page, /AlP/));
  });

  test('a copy starts from the same choices; a run that takes too long is stopped', { timeout: LONG_MS }, async () => {
    await page.getByRole('link', { name: 'Copy and change' }).click();
    await sees(heading(page, 'Choose properties'));
    expect(await page.getByRole('checkbox', { name: /density of states/i }).isChecked()).toBe(true);
    await page.getByText('Advanced', { exact: true }).click();
    await eventually(async () => expect(await page.getByLabel('Plane-wave cutoff (Ha)').inputValue()).toBe('8'));
    for (const axis of [1, 2, 3]) await page.getByLabel(`k-point mesh along axis ${axis}`, { exact: true }).fill('11');
    await page.getByRole('switch', { name: 'Use symmetry' }).click();
    await untilSaved(page);
    await page
      .getByRole('navigation', { name: 'Steps of the calculation' })
      .getByRole('link', { name: /Review/ })
      .click();
    await sees(heading(page, 'Review and submit'));
    await eventually(async () => expect(await told(page, 'k-point mesh')).toMatch(/1331 k-points/));
    await next(page, 'Submit').click();
    await page.waitForURL(/\/calculations\/[^/]+$/);
    await sees(page.getByRole('status').getByText('running'), 60_000);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page
      .getByRole('dialog', { name: /Stop this calculation/ })
      .getByRole('button', { name: 'Stop it' })
      .click();
    await sees(page.getByRole('status').getByText('stopped'), 30_000);
    await sees(page.getByText(/It was stopped/));
    expect(await page.getByRole('button', { name: 'Stop', exact: true }).count()).toBe(0);
  });

  test('nothing complained on the console all the way', () => {
    expect(
      complaints.filter((text) => !text.includes('/api/structures/upload') && !/status of 422/.test(text)),
    ).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)('the whole wizard by keyboard alone', () => {
  test('from home over pasted text to a submitted calculation', { timeout: LONG_MS }, async () => {
    const { page } = await visit(browser, address);
    const press = (key: string) => page.keyboard.press(key);
    const activate = async (target: Locator, key = 'Enter') => {
      await sees(target);
      await tabTo(page, target.first());
      await press(key);
    };
    await activate(page.getByRole('main').getByRole('link', { name: 'New calculation' }));
    await sees(heading(page, 'Select a structure'));
    const chooser = page.waitForEvent('filechooser');
    await activate(page.getByRole('button', { name: 'choose a file' }));
    await chooser;
    await tabTo(page, page.getByLabel('Or paste the text of one'));
    await page.keyboard.insertText(siliconCif);
    await activate(page.getByRole('button', { name: 'Read this text' }));
    await sees(heading(page, 'Si', 2));
    await activate(page.getByRole('button', { name: 'Primitive cell' }));
    await eventually(async () => expect(await told(page, 'Atoms')).toBe('2'));
    await activate(next(page, 'Choose properties'));
    await sees(heading(page, 'Choose properties'));
    await activate(page.getByRole('checkbox', { name: /bands/i }), 'Space');
    await tabTo(page, page.getByRole('radio', { name: /^Balanced/ }));
    await press('ArrowLeft');
    expect(await page.getByRole('radio', { name: /^Fast/ }).isChecked()).toBe(true);
    await activate(page.locator('summary', { hasText: 'Advanced' }));
    await tabTo(page, page.getByLabel('Plane-wave cutoff (Ha)'));
    await press('Control+A');
    await page.keyboard.type('6');
    await tabTo(page, page.getByRole('button', { name: /^Back to .*for Plane-wave cutoff/ }));
    await activate(next(page, 'Choose resources'));
    await sees(heading(page, 'Choose resources'));
    await activate(next(page, 'Review'));
    await sees(heading(page, 'Review and submit'));
    await until(
      async () => ((await page.getByRole('status').getByText('Working out').count()) === 0 ? true : null),
      20_000,
      'the numbers did not come',
    );
    await activate(next(page, 'Submit'));
    await page.waitForURL(/\/calculations\/[^/]+$/, { timeout: 30_000 });
    await sees(heading(page, /Si/));
    await press('Control+K');
    await page.keyboard.type('AlP');
    await sees(page.getByRole('option', { name: /AlP/ }));
    await press('Escape');
    await eventually(async () => expect(await page.getByRole('dialog').count()).toBe(0));
    await page.context().close();
  });
});

const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

async function downloaded(page: Page, act: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return download;
}

/** From the menu of the plot. */
const exported = (page: Page, name: string | RegExp) =>
  downloaded(page, async () => {
    await page.getByRole('figure').getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  });
