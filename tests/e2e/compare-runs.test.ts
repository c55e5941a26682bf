import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { problemsInBoth } from './axe';
import { hasBrowser, launchBrowser, visit } from './browser';
import { connect, untilEnded } from './client';
import { siliconCalculation } from './crystals';
import { sees } from './notebook-page';

const { origin, address, dataFolder } = inject('platform');
const client = connect({ origin, dataFolder });
const LABEL = 'to be compared';
const ids: string[] = [];
let browser: Browser;
let page: Page;
let complaints: string[];

describe.runIf(hasBrowser)('calculations beside each other', () => {
  beforeAll(async () => {
    for (const cutoffHartree of [5, 6]) {
      const asked = { ...siliconCalculation({ cutoffHartree }), label: `${LABEL}, ${cutoffHartree} Ha` };
      const { id } = await client.calculations.run.mutate({
        ...asked,
        properties: { dos: { distancePerAngstrom: 1 } },
      } as never);
      ids.push(id);
    }
    for (const id of ids) expect((await untilEnded(client, id)).state).toBe('finished');
    browser = await launchBrowser();
    ({ page, complaints } = await visit(browser, address, { reducedMotion: 'reduce' }));
  });
  afterAll(() => browser?.close());

  const row = (name: RegExp) => page.getByRole('row', { name });

  test('are picked in the list; results and settings that differ are marked, with the difference', async () => {
    await page.goto(`${origin}/calculations?text=${encodeURIComponent(LABEL)}`);
    for (const cutoff of [5, 6]) await page.getByRole('checkbox', { name: `Pick ${LABEL}, ${cutoff} Ha` }).check();
    await page.getByRole('link', { name: 'Compare 2' }).click();
    await sees(page.getByRole('heading', { name: 'Compare calculations' }));
    await sees(row(/^Cutoff ≠ differs.*5\sHa.*6\sHa/));
    const [first, second] = await Promise.all(ids.map((id) => client.calculations.results.query({ id })));
    const change = second!.scf!.energyEv! - first!.scf!.energyEv!;
    expect(await row(/^Total energy/).textContent()).toContain(Math.abs(change).toFixed(6));
    await sees(row(/^Protocol/));
    // Both are zero by symmetry, but for the last digits.
    await sees(row(/^Largest force 0\.000/));
    await sees(page.getByRole('heading', { name: 'Density of states' }));
    expect(await problemsInBoth(page)).toEqual([]);
  });

  test('only what differs is shown where that is wanted, also after a reload; one is taken out', async () => {
    await page.getByRole('checkbox', { name: 'Only what differs' }).check();
    await sees(row(/^Cutoff/));
    expect(await row(/^Protocol/).count()).toBe(0);
    await page.reload();
    await sees(row(/^Cutoff/));
    expect(await row(/^Protocol/).count()).toBe(0);
    await page.getByRole('link', { name: `Take ${LABEL}, 5 Ha out of the comparison` }).click();
    await page.waitForURL(`**/calculations/compare?id=${ids[1]}`);
    await sees(page.getByText('1 calculation, 0 rows differ'));
  });

  test('what is not there is said, and nothing complains', async () => {
    await page.goto(`${origin}/calculations/compare?id=${ids[0]},01a22bf8-16b2-7e0d-aff7-60e1a6e61d28`);
    await sees(page.getByText('1 calculation of this address is not there'));
    await page.goto(`${origin}/calculations/compare`);
    await sees(page.getByText('No calculation to compare'));
    expect(await problemsInBoth(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
