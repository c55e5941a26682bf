import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { isFullRun } from '../full-run';
import { problemsIn, violations } from './axe';
import { hasBrowser, launchBrowser, untilAlive, visit } from './browser';
import { type Client, connect, untilEnded } from './client';
import { cif, siliconCalculation } from './crystals';
import { until } from './platform';

const { dataFolder, origin, address } = inject('platform');
let browser: Browser;
let client: Client;
let places: Awaited<ReturnType<typeof preparePlaces>>;

beforeAll(async () => {
  if (!hasBrowser) return;
  client = connect({ dataFolder, origin });
  [browser, places] = await Promise.all([launchBrowser(), preparePlaces()]);
}, 240_000);
afterAll(() => browser?.close());

const run = (overrides: Record<string, unknown>) =>
  client.calculations.run.mutate({ ...siliconCalculation(overrides), useCache: false } as never);

/** Calculations and drafts in each state that pages show differently. */
async function preparePlaces() {
  const { exampleCalculationId } = await until(
    async () => {
      const home = await client.system.home.query();
      return home.exampleCalculationId ? home : null;
    },
    120_000,
    'silicon was not computed',
    500,
  );
  const failed = await run({ maxIterations: 2 });
  await untilEnded(client, failed.id);
  const magnetic = await client.calculations.run.mutate({
    ...siliconCalculation({ cutoffHartree: 6, mesh: [2, 2, 2] }),
    // Silicon has no moments; all that is drawn for spin is there all the same.
    magnetism: { kind: 'collinear', moments: [1, -1], totalMagnetisation: 0 },
    properties: { relax: { maxSteps: 3 }, bands: { stepPerAngstrom: 0.6 }, dos: { mesh: [2, 2, 2] }, volumes: {} },
  } as never);
  await untilEnded(client, magnetic.id);
  await client.calculations.rename.mutate({
    id: failed.id,
    label: 'one-word-as-long-as-a-label-may-be'.repeat(6).slice(0, 200),
  });
  const { id: structureId } = await client.structures.createFromExample.mutate({ exampleId: 'silicon' });
  const overlapping = cif([
    ['Si', 0, 0, 0],
    ['Si', 0, 0, 0.05],
  ]);
  const { id: badStructure } = await client.structures.import.mutate({ text: overlapping, source: 'text' });
  const { id: group } = await client.groups.create.mutate({
    name: 'Figures of the paper on silicon',
    description: 'All that is drawn in it.',
  });
  await client.groups.add.mutate({ groupId: group, nodeIds: [exampleCalculationId!, failed.id] });
  const { id: notebook } = await client.notebooks.import.mutate({
    name: 'Notebook',
    text: JSON.stringify(notebookFile),
  });
  const draft = (data: object) => client.drafts.create.mutate({ data }).then(({ id }) => id);
  const properties = { bands: {}, dos: {} };
  return {
    structureId,
    finished: exampleCalculationId!,
    notebook,
    group,
    failed: failed.id,
    relaxed: magnetic.id,
    magnet: await draft({
      structureId,
      properties: { relax: { cell: 'full' }, volumes: { orbitals: [{ kpoint: [0, 0, 0], band: 3 }] } },
      magnetism: { kind: 'collinear', moments: [1, -1], totalMagnetisation: 0 },
      engine: 'espresso',
      hubbard: [{ element: 'Si', manifold: '3p', uEv: 2 }],
    }),
    empty: await draft({}),
    filled: await draft({ structureId, properties, protocol: 'fast', overrides: { cutoffHartree: 6 } }),
    blocked: await draft({ structureId: badStructure, properties, label: 'x'.repeat(300) }),
  };
}

/** Cells of all kinds with outputs of all kinds. */
const notebookFile = {
  ...{ nbformat: 4, nbformat_minor: 5, metadata: {} },
  cells: [
    {
      cell_type: 'markdown',
      id: 'm',
      metadata: {},
      source: '# Title\n\nwith $x^2$, `code`, a [link](https://example.org)',
    },
    {
      ...{
        cell_type: 'code',
        id: 'c',
        metadata: {},
        source: 'const x: number = 1; // one\n"text"',
        execution_count: 1,
      },
      outputs: [
        { output_type: 'stream', name: 'stdout', text: `${'a line\n'.repeat(900)}\u001b[31mred\u001b[0m` },
        { output_type: 'stream', name: 'stderr', text: 'warning' },
        { output_type: 'display_data', data: { 'text/html': '<p>html</p>' }, metadata: {} },
        { output_type: 'display_data', data: { 'application/json': { a: [1, 'b'] } }, metadata: {} },
        {
          output_type: 'error',
          ename: 'ValueError',
          evalue: 'wrong',
          traceback: ['line 1', '\u001b[0;32mline 2\u001b[0m'],
        },
      ],
    },
    { cell_type: 'raw', id: 'r', metadata: {}, source: 'raw' },
  ],
};

type Visit = [name: string, path: (at: typeof places) => string, open?: (page: Page) => Promise<void>];

const openMenu = (name: string) => async (page: Page) => {
  await page.getByRole('main').getByRole('button', { name }).first().click();
  await page.getByRole('menu').waitFor();
};

const visits: Visit[] = [
  ['home', () => '/'],
  ['search and commands', () => '/', openPalette],
  ['step 1 without a structure', ({ empty }) => `/drafts/${empty}/structure`],
  ['step 1, a file that is none', ({ empty }) => `/drafts/${empty}/structure`, uploadNotes],
  ['step 1, examples', ({ empty }) => `/drafts/${empty}/structure?source=examples`],
  ['step 1, own structures', ({ filled }) => `/drafts/${filled}/structure?source=own`],
  ['step 1, an unsound structure', ({ blocked }) => `/drafts/${blocked}/structure`],
  ['step 2, all numbers open', ({ filled }) => `/drafts/${filled}/properties`, openAdvanced],
  ['step 2, nothing chosen', ({ empty }) => `/drafts/${empty}/properties`],
  ['step 2, a magnet', ({ magnet }) => `/drafts/${magnet}/properties`, openAdvanced],
  ['step 4, a magnet', ({ magnet }) => `/drafts/${magnet}/review`],
  ['step 3', ({ filled }) => `/drafts/${filled}/resources`],
  ['step 4', ({ filled }) => `/drafts/${filled}/review`],
  ['step 4, the structure beside it', ({ filled }) => `/drafts/${filled}/review`, openSide],
  ['step 4, blocked', ({ blocked }) => `/drafts/${blocked}/review`],
  ['calculations', () => '/calculations'],
  ['calculations, none fits', () => '/calculations?text=no-such-label'],
  ['pseudopotentials', () => '/pseudopotentials'],
  ['a node', ({ finished }) => `/nodes/${finished}`],
  ['what would go with a node', ({ finished }) => `/nodes/${finished}`, openDeletion],
  ['the graph', ({ finished }) => `/graph/${finished}`],
  ['the graph as text', ({ finished }) => `/graph/${finished}?view=text`],
  ['a search', () => '/search?q=kind%3Ascf'],
  ['a search that is not understood', () => '/search?q=%28'],
  ['groups', ({ group }) => `/groups?group=${group}`],
  ['a group to describe', ({ group }) => `/groups?group=${group}`, openDescription],
  ['computers', () => '/computers'],
  ['a computer to add', () => '/computers?add=1'],
  ['explore', () => '/explore'],
  ['apps', () => '/apps'],
  ['help', () => '/help'],
  ['a guide', () => '/help/quantum-espresso'],
  ['notebooks', () => '/notebooks'],
  ['a notebook', ({ notebook }) => `/notebooks/${notebook}`, untilEdited],
  ['keys of a notebook', ({ notebook }) => `/notebooks/${notebook}`, openKeys],
  ['the kernel of a notebook', ({ notebook }) => `/notebooks/${notebook}`, openKernel],
  ['structures', () => '/structures'],
  ['a structure', ({ structureId }) => `/structures/${structureId}`],
  ['results', ({ finished }) => `/calculations/${finished}`, untilDrawn],
  ['results of a relaxation', ({ relaxed }) => `/calculations/${relaxed}?by=orbital&dos=stacked`, untilDrawn],
  ['results, export menu', ({ finished }) => `/calculations/${finished}`, openMenu('Export')],
  ['a structure in a calculation', ({ finished }) => `/calculations/${finished}?tab=structure`],
  ['progress with its log', ({ finished }) => `/calculations/${finished}?tab=progress`, openLog],
  ['inputs', ({ finished }) => `/calculations/${finished}?tab=inputs`],
  ['provenance', ({ finished }) => `/calculations/${finished}?tab=provenance`],
  ['files', ({ finished }) => `/calculations/${finished}?tab=files`],
  ['a failed calculation', ({ failed }) => `/calculations/${failed}`],
  ['what is not there', () => '/calculations/00000000-0000-7000-8000-000000000000'],
];

const widths = [
  ['1440 px wide', { width: 1440, height: 900 }],
  ['390 px wide', { width: 390, height: 844 }],
] as const;

describe.skipIf(!hasBrowser).each(widths)('axe finds nothing at %s', (_, viewport) => {
  let page: Page;
  beforeAll(async () => {
    // Motion would have axe look at half-faded colours.
    ({ page } = await visit(browser, address, { viewport, reducedMotion: 'reduce' }));
  });
  afterAll(() => page?.context().close());

  // All of them in the full run; else every other one on each screen.
  const isWide = viewport.width > 1000;
  test.each(visits.filter((_, i) => isFullRun || (i % 2 === 0) === isWide))('%s', async (_name, path, open) => {
    expect(await problemsOf(page, viewport, path(places), open)).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)('while a calculation runs', () => {
  let running: string;
  beforeAll(async () => {
    ({ id: running } = await run({ cutoffHartree: 20, mesh: [14, 14, 14], symmetry: false }));
  });
  afterAll(() => client.calculations.stop.mutate({ id: running }));

  test.each(widths)('axe finds nothing on its page, nor before stopping it, at %s', async (_, viewport) => {
    const { page } = await visit(browser, address, { viewport, reducedMotion: 'reduce' });
    const path = `/calculations/${running}`;
    expect(await problemsOf(page, viewport, path)).toEqual([]);
    expect(await problemsOf(page, viewport, path, openStop)).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(!hasBrowser)('a browser that is not signed in', () => {
  test('reads how to get in, and axe finds nothing', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${origin}/calculations`);
    await page.getByText('npm start').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await context.close();
  });
});

/** Both everywhere in the full run; else a wide screen is light and a narrow one dark. */
const schemesAt = (width: number) =>
  (['light', 'dark'] as const).filter((scheme) => isFullRun || (scheme === 'light') === width > 1000);

/** What axe finds on a page in its colours, and whether it is wider than the screen. */
async function problemsOf(
  page: Page,
  viewport: { width: number; height: number },
  path: string,
  open?: (page: Page) => Promise<void>,
): Promise<string[]> {
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`${origin}${path}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await untilAlive(page);
  await open?.(page);
  const problems: string[] = [];
  for (const colorScheme of schemesAt(viewport.width)) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    const found = await problemsIn(page, viewport.width);
    problems.push(...found.map((problem) => `${colorScheme}: ${problem}`));
  }
  return problems;
}

async function openDeletion(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByText('Whole calculations').waitFor();
}

async function openDescription(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Describe' }).click();
  await page.getByLabel('Description').waitFor();
}

async function openPalette(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Search or go to/ }).click();
  await page.getByRole('combobox').fill('Si');
  await page.getByRole('option').first().waitFor();
}

async function uploadNotes(page: Page): Promise<void> {
  const buffer = Buffer.from('these are my notes\n');
  await page.getByLabel('Structure file').setInputFiles({ name: 'notes.cif', mimeType: 'text/plain', buffer });
  await page.getByRole('main').getByRole('alert').waitFor();
}

async function openAdvanced(page: Page): Promise<void> {
  await page.getByText('Advanced', { exact: true }).click();
  await page.getByLabel('Plane-wave cutoff (Ha)').waitFor();
}

async function untilDrawn(page: Page): Promise<void> {
  await page.locator('.plot-container').first().waitFor();
  await page.getByText('The numbers as a table').first().click();
}

async function untilEdited(page: Page): Promise<void> {
  await page.locator('.monaco-editor').first().waitFor();
  await page.locator('iframe').first().waitFor();
}

async function openKeys(page: Page): Promise<void> {
  await untilEdited(page);
  await page.getByRole('button', { name: 'Keys', exact: true }).click();
  await page.getByRole('dialog').waitFor();
}

async function openKernel(page: Page): Promise<void> {
  await untilEdited(page);
  await page.getByRole('button', { name: /^Kernel:/ }).click();
  await page.getByRole('dialog').waitFor();
}

/** On narrow screens it is folded away. */
async function openSide(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Structure and summary' });
  if (!(await button.isVisible())) return;
  await button.click();
  await page.getByRole('dialog').waitFor();
}

async function openLog(page: Page): Promise<void> {
  await page.getByText('The log', { exact: true }).click();
}

async function openStop(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('dialog').waitFor();
}
