import { expect, inject, test } from 'vitest';
import { hasBrowser, launchBrowser, visit } from './browser';
import { brine as brineIn } from './platform';

const { dataFolder, origin, address } = inject('platform');
const brine = (...args: string[]) => brineIn(args, { dataFolder });

test('the command line limits the jobs of the project and of a computer, and takes the limit off', async () => {
  const one = await brine('project', 'limit', '1');
  expect(one).toMatchObject({ status: 0, stdout: expect.stringContaining('1 job at a time') });
  const none = await brine('project', 'limit', 'none', '--json');
  expect(JSON.parse(none.stdout)).toMatchObject({ jobsMax: null });
  const three = await brine('computer', 'limit', 'This computer', '3', '--json');
  expect(JSON.parse(three.stdout)).toMatchObject({ isOwn: true, jobsMax: 3 });
  expect((await brine('computer', 'limit', 'This computer', 'none')).stdout).not.toContain('at a time');
  for (const wrong of ['0', '1.5', 'many', '']) expect((await brine('project', 'limit', wrong)).status).toBe(2);
});

test.skipIf(!hasBrowser)('the page of computers sets both limits and says what would do', async () => {
  const browser = await launchBrowser();
  const { page, complaints } = await visit(browser, address);
  await page.goto(`${origin}/computers`);
  for (const name of ['Jobs of this project at a time', 'Jobs at a time']) {
    const field = page.getByRole('textbox', { name, exact: true });
    await field.fill('none');
    await page.getByText('A whole number from 1 to 9999, or nothing.').waitFor();
    for (const value of ['7', '']) {
      await field.fill(value);
      await page.getByRole('button', { name: 'Set' }).click();
      await page.getByRole('button', { name: 'Set' }).waitFor({ state: 'detached' });
      await page.reload();
      expect(await field.inputValue()).toBe(value);
    }
  }
  expect(complaints).toEqual([]);
  await browser.close();
});
