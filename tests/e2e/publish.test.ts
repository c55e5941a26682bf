import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { problemsInBoth } from './axe';
import { hasBrowser, launchBrowser, visit } from './browser';
import { connect, untilEnded } from './client';
import { siliconCalculation } from './crystals';
import { sees } from './notebook-page';
import { brine as brineIn } from './platform';

const { origin, address, dataFolder } = inject('platform');
const client = connect({ origin, dataFolder });
const brine = (...args: string[]) => brineIn(args, { dataFolder, cwd: dataFolder });
const LABEL = 'to be published';
let id: string;
let browser: Browser;
let page: Page;
let complaints: string[];
beforeAll(async () => {
  ({ id } = await client.calculations.run.mutate({ ...siliconCalculation(), label: LABEL } as never));
  expect((await untilEnded(client, id)).state).toBe('finished');
  if (!hasBrowser) return;
  browser = await launchBrowser();
  ({ page, complaints } = await visit(browser, address, { reducedMotion: 'reduce' }));
});
afterAll(() => browser?.close());

test('calculations are published and brought up to date from the command line', async () => {
  const review = await brine('dataset', 'publish', '--calculation', id, '--review', '--json');
  expect(JSON.parse(review.stdout)).toMatchObject({ found: 1, published: 1, warnings: [] });
  const made = await brine('dataset', 'publish', '--title', 'By command', '--calculation', id, '--json');
  expect(made).toMatchObject({ status: 0 });
  expect(JSON.parse(made.stdout)).toMatchObject({ slug: 'by-command', state: 'ready', entryCount: 1, isOpen: false });
  const updated = await brine('dataset', 'update', 'by-command');
  expect(updated).toMatchObject({ status: 0, stdout: expect.stringContaining('version 1: 0 new, 0 changed, 0 gone') });
  const nothing = await brine('dataset', 'publish', '--title', 'Nothing', '--query', 'group:"there is none"');
  expect(nothing).toMatchObject({ status: 2, stderr: expect.stringContaining('No calculation is found') });
  expect(await brine('dataset', 'publish', '--title', 'Both', '--all', '--query', 'formula:Si')).toMatchObject({
    status: 2,
  });
  expect(await brine('dataset', 'update', 'small-crystals')).toMatchObject({
    ...{ status: 1, stderr: expect.stringContaining('came with the platform') },
  });
});

describe.runIf(hasBrowser)('in the browser', () => {
  test('what is found is reviewed before it is published', async () => {
    await page.goto(`${origin}/calculations?text=${encodeURIComponent(LABEL)}`);
    await page.getByRole('link', { name: 'Publish as dataset' }).click();
    await sees(page.getByRole('heading', { name: 'Publish as dataset' }));
    await sees(page.getByText('1 calculation is found; 1 entry will be published.'));
    expect(await page.getByRole('button', { name: 'Publish 1 entry' }).isDisabled()).toBe(true);
    expect(await problemsInBoth(page)).toEqual([]);
    await page.getByLabel('Title').fill('By hand');
    await page.getByLabel('Licence').fill('CC BY 4.0');
    await page.getByRole('button', { name: 'Publish 1 entry' }).click();
    await page.waitForURL('**/explore');
    await sees(page.getByRole('link', { name: 'By hand' }));
    await page.getByRole('button', { name: 'Bring By hand up to date' }).click();
    await sees(page.getByText('nothing has changed since version 1'));
    expect(await problemsInBoth(page)).toEqual([]);
  });

  test('a material says which calculation made it, and leads into the graph', async () => {
    await page.goto(`${origin}/explore/by-hand/${id}`);
    await sees(page.getByRole('heading', { name: 'How this was made' }));
    await page.getByText('Where each number comes from').click();
    expect(await problemsInBoth(page)).toEqual([]);
    await page.getByRole('link', { name: 'Total energy per atom' }).click();
    await page.waitForURL('**/graph/*');
    await page.goBack();
    await page.getByRole('link', { name: LABEL }).click();
    await page.waitForURL(`**/calculations/${id}`);
  });

  test('single calculations are picked; what is not there says so; nothing complains', async () => {
    await page.goto(`${origin}/calculations?text=${encodeURIComponent(LABEL)}`);
    await page.getByRole('checkbox', { name: `Pick ${LABEL}` }).check();
    await page.getByRole('link', { name: 'Publish 1 picked as dataset' }).click();
    await page.waitForURL(`**/calculations/publish?id=${id}`);
    await sees(page.getByText('1 calculation is found'));
    expect(complaints).toEqual([]);
    await page.goto(`${origin}/calculations/publish?text=nobody-has-this`);
    await sees(page.getByText('There is nothing to publish.'));
    expect(await problemsInBoth(page)).toEqual([]);
  });
});
