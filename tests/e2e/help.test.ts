import { expect, inject, test } from 'vitest';
import { hasBrowser, launchBrowser, visit } from './browser';
import { connect } from './client';

const { dataFolder, origin, address } = inject('platform');

test.skipIf(!hasBrowser)(
  'guides are read in the program, and a step of the wizard leads to the place that helps',
  async () => {
    const browser = await launchBrowser();
    const { page, complaints } = await visit(browser, address);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Help' }).click();
    await page
      .getByRole('list', { name: 'Guides' })
      .getByRole('link', { name: /^From a structure file/ })
      .click();
    await page.getByRole('heading', { level: 1, name: 'From a structure file to bands' }).waitFor();
    await page
      .getByRole('navigation', { name: 'In this guide' })
      .getByRole('link', { name: 'Reading the result' })
      .click();
    expect(new URL(page.url()).hash).toBe('#reading-the-result');

    const client = connect({ dataFolder, origin });
    const { id: structureId } = await client.structures.createFromExample.mutate({ exampleId: 'iron' });
    const { id } = await client.drafts.create.mutate({ data: { structureId, properties: { bands: {} } } });
    await page.goto(`${origin}/drafts/${id}/properties`);
    const opened = page.waitForEvent('popup');
    await page.getByRole('link', { name: /How to start a magnet/ }).click();
    const guide = await opened;
    await guide.getByRole('heading', { level: 2, name: 'A magnet' }).waitFor();
    expect(new URL(guide.url()).hash).toBe('#a-magnet');
    expect((await page.goto(`${origin}/help/no-such-guide`))!.status()).toBe(404);
    expect(complaints.filter((complaint) => !complaint.includes('no-such-guide'))).toEqual([]);
    await browser.close();
  },
);
