import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { functionalsById } from '@/kernels/planewave/functionals/functional';
import { familyEntry } from '@/kernels/planewave/pseudo/family';
import { writeUpf } from '@/kernels/planewave/pseudo/write-upf';
import { makeTar, makeTarGz, makeZip } from '../server/pseudopotentials/archives';
import { hasBrowser, launchBrowser, visit } from './browser';
import { connect, signIn } from './client';

const { dataFolder, origin, address } = inject('platform');
const client = connect({ dataFolder, origin });

const upf = (element: string) => Buffer.from(writeUpf(familyEntry(element, functionalsById.pbe), functionalsById.pbe));
/** In the layout of SSSP: cutoffs in Ry. */
const table = Buffer.from(
  JSON.stringify({
    Si: { filename: 'Si.upf', cutoff_wfc: 30, cutoff_rho: 240 },
    Ga: { filename: 'Ga.upf', cutoff_wfc: 70, cutoff_rho: 560 },
  }),
);
const files = [
  { path: 'family/Si.upf', bytes: upf('Si') },
  { path: 'family/Ga.upf', bytes: upf('Ga') },
  { path: 'family/table.json', bytes: table },
];

describe('the upload of an archive', () => {
  const send = async (body: Buffer, headers: Record<string, string>, name = 'Sent') => {
    const answer = await fetch(`${origin}/api/pseudopotentials/upload?name=${name}`, {
      method: 'POST',
      body: body as BodyInit,
      headers,
    });
    return { status: answer.status, body: (await answer.json()) as { id: string; error?: { message: string } } };
  };

  test('is closed to whoever is not signed in, to other pages and to forms without an origin', async () => {
    const { cookie } = await signIn({ origin, address });
    const archive = makeTarGz(files);
    expect((await send(archive, {})).status).toBe(403);
    expect((await send(archive, { origin })).status).toBe(401);
    expect((await send(archive, { cookie })).status).toBe(403);
    expect((await send(archive, { cookie, origin: 'http://127.0.0.1:1' })).status).toBe(403);
    expect((await send(archive, { authorization: 'Bearer nonsense' })).status).toBe(401);
    // Its address by other spellings is no way around the door.
    for (const path of [
      '/api/pseudopotentials/upload/',
      '/api//pseudopotentials/upload',
      '/API/pseudopotentials/upload',
    ])
      expect((await fetch(origin + path, { method: 'POST', redirect: 'manual' })).status).not.toBe(200);
    expect((await client.pseudopotentials.list.query()).map(({ name }) => name)).not.toContain('Sent');
  });

  test('takes what is larger than the door holds of other requests', async () => {
    const { headers } = await signIn({ origin, address });
    // 24 MB that do not pack.
    const ballast = { path: 'family/readme.bin', bytes: randomBytes(24 * 1024 ** 2) };
    const { status, body } = await send(makeTar([ballast, ...files]), headers, 'Large');
    expect(body.error?.message).toBeUndefined();
    expect(status).toBe(200);
    await client.pseudopotentials.remove.mutate({ id: body.id });
  });

  test.each([
    ['a path that leads out', makeTarGz([{ path: '../../Si.upf', bytes: upf('Si') }])],
    ['an absolute path', makeZip([{ path: '/etc/Si.upf', bytes: upf('Si') }])],
    ['a link in a tar', makeTar([{ path: 'Si.upf', bytes: Buffer.alloc(0), kind: '2' }])],
    ['a link in a zip', makeZip([{ path: 'Si.upf', bytes: Buffer.from('/etc/passwd'), mode: 0o120777 }])],
    ['a bomb', makeZip([{ path: 'Si.upf', bytes: Buffer.alloc(80 * 1024 ** 2) }])],
    ['a bomb that says it is small', makeZip([{ path: 'Si.upf', bytes: Buffer.alloc(8 * 1024 ** 2), toldBytes: 100 }])],
    [
      'too many files',
      makeTarGz(Array.from({ length: 2100 }, (_, i) => ({ path: `${i}.txt`, bytes: Buffer.alloc(0) }))),
    ],
    ['no archive at all', Buffer.from('these are my notes\n')],
    ['an archive without a pseudopotential', makeTarGz([{ path: 'readme.txt', bytes: Buffer.from('hello') }])],
  ])('refuses %s with a sentence, and stays up', async (_, archive) => {
    const { headers } = await signIn({ origin, address });
    const { status, body } = await send(archive, headers);
    expect(status).toBe(400);
    expect(body.error!.message).toMatch(/^The archive cannot be installed: .{5,}\.$/);
    expect((await (await fetch(`${origin}/api/health`)).json()).status).toBe('ok');
  });
});

describe.skipIf(!hasBrowser)('families of pseudopotentials in the browser', () => {
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    browser = await launchBrowser();
    ({ page, complaints } = await visit(browser, address));
  });
  afterAll(() => browser?.close());

  const choose = (name: string, buffer: Buffer) =>
    page.getByLabel('Archive of pseudopotentials').setInputFiles({ name, mimeType: 'application/gzip', buffer });

  test('the built-in one is shown with its cutoffs, and an archive becomes another', async () => {
    await page.goto(`${origin}/pseudopotentials`);
    const builtIn = page.getByRole('region', { name: 'Goedecker-Teter-Hutter', exact: true });
    await builtIn.getByRole('row', { name: /^Si GTH-PBE-q4 norm-conserving 4 / }).waitFor();
    await choose('Mine_1.0.tar.gz', makeTarGz(files));
    await page.getByLabel('Name of the family').waitFor();
    expect(await page.getByLabel('Name of the family').inputValue()).toBe('Mine_1.0');
    await page.getByRole('button', { name: 'Install', exact: true }).click();
    await page.getByRole('status').getByText('Mine_1.0 is installed with 2 elements').waitFor();
    await page.waitForURL(/family=/);
    const row = page.getByRole('region', { name: 'Mine_1.0', exact: true }).getByRole('row', { name: /^Si Si\.upf/ });
    // 30 and 240 Ry.
    await row.getByRole('cell', { name: '15', exact: true }).waitFor();
    await row.getByRole('cell', { name: '120', exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('a second of that name and a bad archive are refused in words, and what was chosen stays', async () => {
    await choose('Mine_1.0.tar.gz', makeTarGz(files));
    await page.getByRole('button', { name: 'Install', exact: true }).click();
    await page.getByRole('alert').getByText('There is a family named Mine_1.0 already').waitFor();
    expect(await page.getByLabel('Name of the family').inputValue()).toBe('Mine_1.0');
    await choose('notes.zip', Buffer.from('these are my notes'));
    await page.getByRole('button', { name: 'Install', exact: true }).click();
    await page.getByRole('alert').getByText('The archive cannot be installed').waitFor();
    await page.getByRole('button', { name: 'Leave it' }).click();
  });

  test('it is chosen in the wizard, cannot be removed while a draft uses it, and can after', async () => {
    const { id: structureId } = await client.structures.createFromExample.mutate({ exampleId: 'silicon' });
    const draft = await client.drafts.create.mutate({
      data: { structureId, properties: { bands: {} }, engine: 'espresso', electronicType: 'insulator' },
    });
    await page.goto(`${origin}/drafts/${draft.id}/properties`);
    await page.getByText('Advanced', { exact: true }).click();
    await page.getByLabel('Family of pseudopotentials').selectOption({ label: 'Mine_1.0: PBE, 2 elements' });
    await page
      .getByRole('status')
      .getByText(/^Saved/)
      .waitFor();
    expect((await client.calculations.resolve.query({ draftId: draft.id })).cutoffHartree!.value).toBe(15);
    await page.getByRole('link', { name: 'Look at the families' }).click();
    await page.getByRole('link', { name: /Mine_1\.0/ }).click();
    const remove = async () => {
      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
    };
    await remove();
    await page.getByRole('dialog').getByRole('alert').getByText('It is used by 1 draft').waitFor();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await client.drafts.discard.mutate({ id: draft.id });
    await remove();
    await page.waitForURL((url) => url.pathname === '/pseudopotentials' && url.search === '');
    await page.getByText('None is installed yet').waitFor();
  });
});
