import { readFileSync } from 'node:fs';
import { TRPCClientError } from '@trpc/client';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { StructureDetail } from '@/server/schemas/structure';
import { type Client, signIn } from './client';
import { cif, manyAtomsXyz, siliconCif } from './crystals';
import { processesOf } from './platform';

const { dataFolder, origin, address } = inject('platform');
let client: Client;
let headers: Record<string, string>;
beforeAll(async () => {
  ({ client, headers } = await signIn({ origin, address }));
});

/** Whatever was sent before: the platform answers, and its processes are those of the beginning. */
let processes: string;
beforeEach(() => {
  processes ||= identities();
});
afterAll(async () => {
  expect(await (await fetch(`${origin}/api/health`)).json()).toMatchObject({ status: 'ok', worker: 'ok' });
  expect(identities()).toBe(processes);
});
const identities = () =>
  processesOf(dataFolder)
    .filter(({ command }) => /next|worker\.mjs/.test(command))
    .map(({ pid }) => pid)
    .sort()
    .join();

async function upload(text: string | Buffer, fileName: string): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${origin}/api/structures/upload?fileName=${fileName}`, {
    method: 'POST',
    body: text as BodyInit,
    headers,
  });
  return { status: answer.status, body: await answer.json() };
}
const messageIn = (body: unknown) => (body as { error: { message: string } }).error.message;

/** A draft with the structure of a file and bands chosen, as the wizard leaves it before Submit. */
async function draftOf(text: string, fileName: string, data: Record<string, unknown> = {}) {
  const { status, body } = await upload(text, fileName);
  expect(status, JSON.stringify(body)).toBe(200);
  const structure = body as StructureDetail;
  const draft = await client.drafts.create.mutate({
    data: { structureId: structure.id, properties: { bands: {} }, protocol: 'fast', step: 'review', ...data },
  });
  return { structure, draft };
}

/** It cannot be submitted, for a reason that is told, and the draft is still there as it was. */
async function expectBlocked(draft: { id: string; version: number }, sentence: RegExp) {
  const before = await client.drafts.get.query({ id: draft.id });
  const { blockers } = await client.calculations.resolve.query({ draftId: draft.id });
  expect(blockers.map(({ message }) => message).join('\n')).toMatch(sentence);
  const refused = client.calculations.submit.mutate({ draftId: draft.id, version: draft.version });
  await expect(refused).rejects.toThrow(sentence);
  await expect(refused).rejects.toBeInstanceOf(TRPCClientError);
  expect(await client.drafts.get.query({ id: draft.id })).toEqual(before);
  return blockers;
}

describe('files that are no structure', () => {
  test.each([
    ['garbage.cif', 'this is no structure\n', /CIF|structure/],
    ['empty.cif', '', /empty|structure/i],
    ['picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), /binary/],
    ['half.cif', siliconCif.slice(0, 200), /\w/],
    ['POSCAR', 'x\n1.0\n1 0 0\n', /line/i],
    ['letters.xyz', '2\n\nSi a b c\nSi 0 0 0\n', /line/i],
    ['words.cif', cif([['Xx', 0, 0, 0]]), /Xx/],
    ['nothing.json', '{"a": 1}', /sites/],
    ['deep.json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, /\w/],
  ])('%s is answered with a sentence that says what', async (name, text, sentence) => {
    const { status, body } = await upload(text, name);
    expect([415, 422]).toContain(status);
    expect(messageIn(body)).toMatch(sentence);
    expect(messageIn(body)).not.toMatch(/undefined|\bat \w+ \(|did not foresee/);
  });
});

describe('structures that cannot be computed: told before Submit, and the draft stays', () => {
  test('partial occupancies', async () => {
    const text = cif([
      ['Fe', 0, 0, 0, 0.7],
      ['Co', 0.5, 0.5, 0.5],
    ]);
    const { structure, draft } = await draftOf(text, 'partial.cif');
    expect(structure.issues.map(({ message }) => message).join()).toMatch(/Fe.*partly occupied.*0\.7/);
    await expectBlocked(draft, /partly occupied/);
  });

  test('overlapping atoms, with who and how near', async () => {
    const text = cif([
      ['Si', 0, 0, 0],
      ['C', 0, 0, 0.05],
    ]);
    const { structure, draft } = await draftOf(text, 'overlap.cif');
    expect(structure.issues[0]?.message).toMatch(/Atom 1 .*Atom 2 .*0\.250 angstrom/);
    await expectBlocked(draft, /0\.250 angstrom/);
  });

  test('a cell without volume', async () => {
    const flat = 'flat\n1.0\n5 0 0\n0 5 0\n5 5 0\nSi\n1\nDirect\n0 0 0\n';
    const { draft } = await draftOf(flat, 'POSCAR');
    await expectBlocked(draft, /no volume.*plane/);
  });

  test('an element without pseudopotential', async () => {
    const { draft } = await draftOf(cif([['Pu', 0, 0, 0]]), 'plutonium.cif');
    await expectBlocked(draft, /Pu\b/);
  });

  test('a molecule without a cell', async () => {
    const { draft } = await draftOf('2\n\nH 0 0 0\nH 0 0 0.74\n', 'hydrogen.xyz');
    await expectBlocked(draft, /no cell/);
  });

  test('10,000 atoms, within seconds and with other requests served meanwhile', async () => {
    const text = manyAtomsXyz(22);
    const started = Date.now();
    const sent = upload(text, 'many.xyz');
    const asked = Date.now();
    expect((await fetch(`${origin}/api/health`)).ok).toBe(true);
    expect(Date.now() - asked).toBeLessThan(1_500);
    const { status, body } = await sent;
    // A machine that is busy with other things reaches the deadline of the reader first.
    if (status !== 200) {
      expect({ status, message: messageIn(body) }).toEqual({
        status: 422,
        message: expect.stringMatching(/too large/),
      });
    } else {
      const { id: structureId, sites } = body as StructureDetail;
      expect(sites).toBe(10_648);
      const draft = await client.drafts.create.mutate({ data: { structureId, properties: { bands: {} } } });
      await expectBlocked(draft, /needs about .* GB|too large/);
    }
    expect(Date.now() - started).toBeLessThan(20_000);
  });
});

describe('choices that cannot be computed', () => {
  test('a cutoff that needs more memory than there is', async () => {
    const { draft } = await draftOf(siliconCif, 'Si.cif', { overrides: { cutoffHartree: 500, mesh: [40, 40, 40] } });
    const { draft: huge } = await draftOf(cif([['Si', 0, 0, 0]], { lengthsAngstrom: [60, 60, 60] }), 'box.cif', {
      overrides: { cutoffHartree: 400 },
    });
    const blockers = await expectBlocked(huge, /needs about .* (GB|TB)/);
    expect(blockers.find(({ code }) => code === 'too-much-memory')?.step).toBe('resources');
    expect((await client.calculations.resolve.query({ draftId: draft.id })).estimate?.seconds).toBeGreaterThan(1000);
  });

  test('a cutoff out of all measure is refused, and the saved draft keeps its last value', async () => {
    const { draft } = await draftOf(siliconCif, 'Si.cif', { overrides: { cutoffHartree: 12 } });
    for (const cutoffHartree of [-5, 0, 1e9, Number.NaN])
      await expect(
        client.drafts.update.mutate({
          id: draft.id,
          version: draft.version,
          changes: { overrides: { cutoffHartree } },
        }),
      ).rejects.toThrow(/cutoffHartree/);
    expect((await client.drafts.get.query({ id: draft.id })).data.overrides).toEqual({ cutoffHartree: 12 });
  });

  test('a label of 10 kB is kept in the draft and told to be too long', async () => {
    const label = 'x'.repeat(10_240);
    const { draft } = await draftOf(siliconCif, 'Si.cif', { label });
    await expectBlocked(draft, /label has 10,240 characters/);
    expect((await client.drafts.get.query({ id: draft.id })).data.label).toBe(label);
  });

  test('no property, no structure, an unknown property', async () => {
    const empty = await client.drafts.create.mutate({ data: {} });
    await expectBlocked(empty, /structure/i);
    const { draft } = await draftOf(siliconCif, 'Si.cif', { properties: {} });
    await expectBlocked(draft, /property/i);
    const { draft: unknown } = await draftOf(siliconCif, 'Si.cif', { properties: { alchemy: {} } });
    await expectBlocked(unknown, /alchemy/);
  });
});

describe('an upload of 100 MB', () => {
  const LIMIT_MS = 5_000;

  test.each([
    ['with its length told', true],
    ['as a stream of unknown length', false],
  ])('%s is refused with a sentence, soon, and without filling the memory', async (_, hasLength) => {
    const before = webMemoryMb();
    const started = Date.now();
    const { status, body, peakMb } = await uploadZeros(100 * 1024 ** 2, hasLength);
    expect(status).toBe(413);
    expect(messageIn(body)).toMatch(/larger than 8 MB/);
    expect(Date.now() - started).toBeLessThan(LIMIT_MS);
    expect(peakMb - before).toBeLessThan(80);
  });
});

/** Sends bytes in pieces as they are taken; a server that has answered may hang up, which is fine. */
async function uploadZeros(bytes: number, hasLength: boolean) {
  const { request } = await import('node:http');
  const { port } = new URL(origin);
  const piece = Buffer.alloc(64 * 1024, ' ');
  let peakMb = 0;
  const answer = await new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    const sent = request(
      {
        ...{ host: '127.0.0.1', port, method: 'POST', path: '/api/structures/upload?fileName=big.cif' },
        headers: { ...headers, ...(hasLength ? { 'content-length': String(bytes) } : {}) },
      },
      (reply) => {
        let text = '';
        reply.setEncoding('utf8').on('data', (chunk) => (text += chunk));
        reply.on('end', () => resolve({ status: reply.statusCode!, body: JSON.parse(text) }));
      },
    );
    sent.on('error', (err) => setTimeout(() => reject(err), 500));
    let left = bytes;
    const push = () => {
      while (left > 0 && !sent.destroyed) {
        left -= piece.byteLength;
        peakMb = Math.max(peakMb, webMemoryMb());
        if (!sent.write(piece)) return void sent.once('drain', push);
      }
      sent.end();
    };
    push();
  });
  return { ...answer, peakMb };
}

/** Resident memory of the web's processes together. */
const webMemoryMb = () =>
  webProcesses().reduce((sum, pid) => {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return sum + (pages * 4096) / 1024 ** 2;
  }, 0);

let found: number[] | null = null;
const webProcesses = () =>
  (found ??= processesOf(dataFolder)
    .filter(({ command }) => command.includes('next'))
    .map(({ pid }) => pid));
