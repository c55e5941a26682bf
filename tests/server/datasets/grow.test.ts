import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMoyoWasm } from '@/kernels/crystal/native';
import { loadSymmetry } from '@/kernels/crystal/symmetry';
import type { Compound } from '@/server/services/datasets/small-crystals/compound';
import { ownEntries } from '@/server/services/datasets/small-crystals/derive/entries';
import { type GrowOptions, growSmallCrystals } from '@/server/services/datasets/small-crystals/grow';
import { readRecords } from '@/server/services/datasets/small-crystals/read-records';
import { ensurePrograms } from '../programs';

/** Cheap to the least: one atom and few points. */
const lead: Compound = { id: 'Pb-fcc', prototype: 'fcc', elements: ['Pb'], a: 4.95, start: 'wyckoff', kind: 'metal' };
const aluminium: Compound = { ...lead, id: 'Al-fcc', elements: ['Al'], a: 4.05 };
/** Atoms on top of each other: the kernel refuses them. */
const impossible: Compound = { ...lead, id: 'Si-diamond', prototype: 'diamond', elements: ['Si'], a: 0.2 };

let folder: string;
beforeAll(async () => {
  loadSymmetry(readMoyoWasm());
  await ensurePrograms();
  folder = mkdtempSync(join(tmpdir(), 'brine-grow-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function grow(compounds: Compound[], more: Partial<GrowOptions> = {}) {
  return growSmallCrystals({
    ...{ compounds, folder, kernel: 'dist/kernel.mjs', signal: new AbortController().signal },
    ...{ retriesFailed: false, count: Infinity, onProgress: () => {} },
    ...more,
  });
}

describe('the dataset that grows', () => {
  test('goes on where it was stopped, and computes nothing twice', async () => {
    const abort = new AbortController();
    const stopped = await grow([aluminium], {
      signal: abort.signal,
      onProgress: () => void setTimeout(() => abort.abort(), 1_500),
    });
    expect(stopped).toEqual({ computed: 0, failed: 0, left: 1 });
    expect(readRecords(folder)).toEqual([]);
    expect(existsSync(join(folder, 'running/Al-fcc/relax.in.json'))).toBe(true);
    expect(await grow([aluminium])).toEqual({ computed: 1, failed: 0, left: 0 });
    expect(await grow([aluminium])).toEqual({ computed: 0, failed: 0, left: 0 });
    expect(existsSync(join(folder, 'running/Al-fcc'))).toBe(false);
    const [record] = readRecords(folder);
    expect(record).toMatchObject({ id: 'Al-fcc', runs: [{ name: 'relax', output: { converged: true } }] });
    expect(record!.kernel.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a line that was being written when its writer was killed is taken away, and its compound computed', async () => {
    const path = join(folder, 'results.jsonl');
    const before = readFileSync(path, 'utf8');
    appendFileSync(path, '{"id":"Pb-fcc","protoc');
    expect(readRecords(folder).map(({ id }) => id)).toEqual(['Al-fcc']);
    expect(await grow([aluminium], { count: 1 })).toEqual({ computed: 0, failed: 0, left: 0 });
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test('one that fails is recorded with the reason, stops no other, and is tried again when asked', async () => {
    expect(await grow([impossible, aluminium])).toEqual({ computed: 0, failed: 1, left: 0 });
    const record = readRecords(folder).find(({ id }) => id === 'Si-diamond')!;
    const reason = record.runs[0]!.failure!.message;
    expect(reason).not.toBe('');
    const entry = ownEntries([impossible, aluminium], readRecords(folder), {}).find(({ id }) => id === 'Si-diamond')!;
    expect(entry.attributes).not.toHaveProperty('_brine_band_gap');
    expect(entry.attributes._brine_failures!['_brine_band_gap']).toBe(reason);
    expect(await grow([impossible])).toMatchObject({ failed: 0, left: 0 });
    expect(await grow([impossible], { retriesFailed: true })).toMatchObject({ failed: 1 });
  });
});
