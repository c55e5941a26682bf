import { accessSync, constants, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasBrowser, launchBrowser, visit } from './browser';
import { type Client, connect, untilEnded } from './client';
import { siliconCalculation, siliconStructure } from './crystals';
import { makeDataFolder, type Platform, removeDataFolder, startPlatform } from './platform';

/** What the platform and its jobs call by name. */
const PROGRAMS = ['node', 'sh', 'nice', 'cat', 'sed', 'cut', 'mv', 'mkdir', 'id', 'useradd', 'groupadd', 'chown'];

let folder: string;
let dataFolder: string;
let platform: Platform;
let client: Client;
let browser: Browser | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brine-path-'));
  for (const name of PROGRAMS) {
    const path = findOnPath(name);
    if (path) symlinkSync(path, join(folder, name));
  }
  dataFolder = makeDataFolder();
  platform = await startPlatform({ dataFolder, environment: { PATH: folder, BRINE_SEED: '0', BRINE_ESPRESSO: '' } });
  client = connect({ origin: platform.origin, dataFolder });
  if (hasBrowser) browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await removeDataFolder(dataFolder);
  rmSync(folder, { recursive: true, force: true });
});

function findOnPath(name: string): string | null {
  for (const place of (process.env.PATH ?? '').split(delimiter)) {
    try {
      accessSync(join(place, name), constants.X_OK);
      return join(place, name);
    } catch {
      // The next place.
    }
  }
  return null;
}

test('where pw.x is missing the embedded engine computes, and a calculation for pw.x is refused with the reason', async () => {
  expect((await client.computers.list.query())[0]).toMatchObject({ espresso: null });
  const wanted = { ...siliconCalculation(), engine: 'espresso' } as never;
  await expect(client.calculations.run.mutate(wanted)).rejects.toThrow(/apt-get install quantum-espresso/);
  const { id } = await client.calculations.run.mutate(siliconCalculation() as never);
  expect(await untilEnded(client, id)).toMatchObject({ state: 'finished' });
});

test.skipIf(!hasBrowser)('its card cannot be chosen, and says how to get it', async () => {
  const { id: structureId } = await client.structures.import.mutate({ text: JSON.stringify(siliconStructure) });
  const { id } = await client.drafts.create.mutate({ data: { structureId } });
  const { page, complaints } = await visit(browser!, platform.address);
  await page.goto(`${platform.origin}/drafts/${id}/properties`);
  const espresso = page.getByRole('radio', { name: 'Quantum ESPRESSO' });
  await espresso.waitFor();
  expect(await espresso.isDisabled()).toBe(true);
  expect(await page.getByText('apt-get install quantum-espresso').isVisible()).toBe(true);
  expect(await page.getByRole('link', { name: 'How to get Quantum ESPRESSO' }).getAttribute('href')).toContain(
    'quantum-espresso#getting-it',
  );
  expect(await page.getByRole('radio', { name: 'Embedded engine' }).isChecked()).toBe(true);
  expect(complaints).toEqual([]);
  await page.context().close();
});
