import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { hasBrowser, launchBrowser, untilAlive, visit } from './browser';
import { connect, untilEnded } from './client';
import { siliconCalculation } from './crystals';
import { brine as brineIn } from './platform';

const { origin, address, dataFolder } = inject('platform');
const client = connect({ origin, dataFolder });
const brine = (...args: string[]) => brineIn(args, { dataFolder, cwd: dataFolder });
const sees = (locator: Locator, timeoutMs = 20_000) => locator.first().waitFor({ timeout: timeoutMs });
const jobOf = async (id: string, name: string) => {
  const { processes } = JSON.parse((await brine('show', id, '--json')).stdout);
  return processes.find((one: { name: string }) => one.name === name);
};

/** Silicon's bands, done. */
async function compute(): Promise<string> {
  const { id } = await client.calculations.run.mutate({ ...siliconCalculation(), useCache: false } as never);
  expect((await untilEnded(client, id)).state).toBe('finished');
  return id;
}

describe('on the command line', () => {
  test('a calculation runs again from a step with something changed, and tells what it came from', async () => {
    const source = await compute();
    const step = 'bands.stepPerAngstrom=0.9';
    const run = await brine('rerun', source, '--from', 'bands', '--set', step, '--wait');
    expect(run).toMatchObject({ status: 0 });
    const shown = JSON.parse(run.stdout);
    expect(shown.rerunOf).toMatchObject({ id: source, from: 'bands' });
    expect(await jobOf(shown.id, 'scf')).toMatchObject({ reusedFromId: (await jobOf(source, 'scf')).id });
    expect(await jobOf(shown.id, 'bands-path')).toMatchObject({ reusedFromId: null });
    expect((await brine('show', shown.id)).stdout).toContain(`of ${source}, from bands`);
    const refused = await brine('rerun', source, '--from', 'bands', '--set', 'cutoffHartree=9');
    expect(refused).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('would be another') });
    expect(await brine('rerun', source, '--from', 'nowhere')).toMatchObject({ status: 2 });

    expect(JSON.parse((await brine('reuse', source, 'never', '--json')).stdout)).toEqual({
      id: source,
      reuse: 'never',
    });
    expect(JSON.parse((await brine('show', source, '--json')).stdout).isReusable).toBe(false);
    const [listed] = JSON.parse((await brine('list', '--json', '--limit', '1')).stdout);
    expect(listed.disk).toMatchObject({ resultBytes: expect.any(Number) });
    expect(listed.disk.resultBytes).toBeGreaterThan(0);
  });

  test('a calculation begins after another', async () => {
    const source = await compute();
    writeFileSync(join(dataFolder, 'next.json'), JSON.stringify(siliconCalculation()), { mode: 0o600 });
    const submitted = await brine('submit', 'next.json', '--after', source, '--json');
    const { id } = JSON.parse(submitted.stdout);
    expect((await untilEnded(client, id)).state).toBe('finished');
    expect(JSON.parse((await brine('show', id, '--json')).stdout).waits).toMatchObject([
      { id: source, state: 'finished' },
    ]);
    expect(await brine('submit', 'next.json', '--after', 'soon')).toMatchObject({ status: 2 });
  });
});

describe.skipIf(!hasBrowser)('on screen', () => {
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    browser = await launchBrowser();
    ({ page, complaints } = await visit(browser, address));
  });
  afterAll(async () => {
    await browser?.close();
  });
  const untilSaved = () => sees(page.getByRole('status').getByText(/^Saved/));
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const currentId = () => new URL(page.url()).pathname.split('/').at(-1)!;

  test('a step of the progress tab is run again, after another calculation has ended', async () => {
    const source = await compute();
    // It holds a core for a while, so that it can be chosen to start after.
    const slow = await client.calculations.run.mutate({
      ...siliconCalculation(),
      ...{ label: 'Slow silicon', useCache: false, overrides: { mesh: [8, 8, 8], cutoffHartree: 30 } },
    } as never);
    await page.goto(`${origin}/calculations/${source}?tab=progress`);
    await untilAlive(page);
    await page.getByRole('link', { name: 'Run again from Electronic bands' }).click();
    await page.waitForURL(/\/drafts\/.*\/properties/);
    await sees(page.getByText('Taken over as it is: Self-consistent density.'));
    await page.getByText('Advanced', { exact: true }).click();
    await page.getByLabel('Plane-wave cutoff (Ha)').fill('9');
    await sees(page.getByText(/“Self-consistent density” would be another/));
    await page.getByLabel('Plane-wave cutoff (Ha)').fill('6');
    await page.getByLabel('Step along the path (1/Å)').fill('0.8');
    await untilSaved();
    await press('Choose resources');
    await press('Review');
    await page.getByRole('combobox', { name: 'Start after' }).click();
    await page.getByRole('option', { name: /^Slow silicon/ }).click();
    await untilSaved();
    await press('Submit');
    await page.waitForURL(/\/calculations\//);
    await sees(page.getByRole('region', { name: 'What it waits for' }).getByRole('link', { name: 'Slow silicon' }));
    await sees(page.getByText(/again from “Electronic bands”/));
    await client.calculations.stop.mutate({ id: slow.id });
    const paused = page.getByRole('region', { name: 'Why The calculation paused' });
    await sees(paused.getByText(/“Slow silicon”, which has been stopped/));
    await paused.getByRole('button', { name: 'Go on' }).click();
    expect((await untilEnded(client, currentId())).state).toBe('finished');
    expect(await jobOf(currentId(), 'scf')).toMatchObject({ reusedFromId: (await jobOf(source, 'scf')).id });
    await page.goto(`${page.url()}?tab=provenance`);
    await untilAlive(page);
    await page.getByRole('checkbox', { name: 'Other calculations may take over these results' }).click();
    await expect.poll(async () => (await client.calculations.get.query({ id: currentId() })).isReusable).toBe(false);
    await page.goto(`${origin}/calculations/${currentId()}?tab=files`);
    await sees(page.getByText(/^On disk: .* of results and files/));
    expect(complaints).toEqual([]);
  });

  test('a computer is changed, and a code entered by hand', async () => {
    const added = await client.computers.add.mutate({
      ...{ name: 'Changing', cores: 8, memoryBytes: 16e9 },
      settings: {
        transport: { kind: 'ssh', host: 'old.example.org', user: 'ada', key: { kind: 'agent' } },
        scheduler: { kind: 'slurm', partition: 'main' },
        pollSeconds: 7,
      },
    });
    await page.goto(`${origin}/computers?computer=${added.id}`);
    await untilAlive(page);
    await page.getByRole('link', { name: 'Change', exact: true }).click();
    await page.getByLabel('Host', { exact: true }).fill('new.example.org');
    await page.getByLabel('Modules').fill('nodejs/22 qe');
    await press('Save');
    await sees(page.getByText('ada@new.example.org'));
    const { settings } = await client.computers.get.query({ id: added.id });
    expect(settings).toMatchObject({ modules: ['nodejs/22', 'qe'], pollSeconds: 7, scheduler: { partition: 'main' } });
    await press('Enter one by hand');
    const form = page.getByRole('form', { name: 'Enter a code by hand' });
    await form.getByLabel('Version').fill('7.3');
    await form.getByLabel('Path of the executable').fill('opt/pw.x');
    await press('Enter it');
    await sees(form.getByRole('alert'));
    await form.getByLabel('Path of the executable').fill('/opt/qe/bin/pw.x');
    await form.getByLabel('Modules').fill('qe/7.3');
    await press('Enter it');
    await sees(page.getByRole('row', { name: /espresso 7\.3 \/opt\/qe\/bin\/pw\.x/ }));
    await page.getByRole('button', { name: 'Forget espresso at /opt/qe/bin/pw.x' }).click();
    await expect.poll(async () => (await client.computers.get.query({ id: added.id })).codes).toEqual([]);
    // A refused form is told of on the console as well.
    expect(complaints.filter((line) => !line.includes('400'))).toEqual([]);
  });
});
