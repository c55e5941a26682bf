import { Buffer } from 'node:buffer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCaller } from '@/server/routers';
import { STRUCTURE_BYTES_MAX } from '@/server/schemas/structure';
import { importBytes } from '@/server/services/structures/import-structure';
import { inThread } from '@/server/services/structures/thread/in-thread';
import { startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';

let platform: TestPlatform;
let caller: ReturnType<typeof createCaller>;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  caller = createCaller({ actor: platform.actor });
});
afterAll(() => platform?.stop());

const saltPoscar = `NaCl
1.0
5.64 0 0
0 5.64 0
0 0 5.64
Na Cl
4 4
Direct
0 0 0
0 .5 .5
.5 0 .5
.5 .5 0
.5 .5 .5
.5 0 0
0 .5 0
0 0 .5
`;

test('an imported structure is described, kept once, and written again', async () => {
  const salt = await caller.structures.import({ text: saltPoscar, fileName: 'POSCAR' });
  expect(salt).toMatchObject({ formula: 'NaCl', sites: 8, elements: ['Cl', 'Na'], issues: [] });
  expect(salt.symmetry).toMatchObject({ spaceGroupNumber: 225, spaceGroupSymbol: 'Fm-3m', isPrimitive: false });
  expect(new Set(salt.symmetry?.wyckoffLetters)).toEqual(new Set(['a', 'b']));
  expect(salt.densityGramPerCm3).toBeCloseTo(2.164, 2);
  const again = await caller.structures.import({
    base64: Buffer.from(saltPoscar).toString('base64'),
    fileName: 'CONTCAR',
  });
  expect(again.id).toBe(salt.id);
  const cif = await caller.structures.export({ id: salt.id, format: 'cif' });
  expect(cif.fileName).toBe('NaCl.cif');
  expect((await caller.structures.import({ text: cif.text, fileName: cif.fileName })).formula).toBe('NaCl');
});

test('the primitive cell of rock salt holds two atoms', async () => {
  const salt = await caller.structures.import({ text: saltPoscar, fileName: 'POSCAR' });
  const primitive = await caller.structures.toCell({ id: salt.id, cell: 'primitive' });
  expect(primitive).toMatchObject({ sites: 2, formula: 'NaCl', source: { kind: 'derived' } });
  expect(primitive.volumeAngstrom3).toBeCloseTo(salt.volumeAngstrom3! / 4, 6);
});

test('what is no structure is refused with a sentence, whatever it is', async () => {
  const refuse = async (input: { text?: string; base64?: string; fileName?: string }) => {
    const err = await caller.structures.import(input).then(
      () => null,
      (thrown: Error & { code: string }) => thrown,
    );
    expect(err).not.toBeNull();
    expect(err!.message).toMatch(/^[A-Z].*\.$/s);
    return err!.code;
  };
  expect(await refuse({ text: 'Dear all, please find the structure attached.', fileName: 'mail.txt' })).toBe(
    'UNPROCESSABLE_CONTENT',
  );
  expect(await refuse({ text: '', fileName: 'empty.cif' })).toBe('UNPROCESSABLE_CONTENT');
  expect(await refuse({ text: 'data_x\n_cell_length_a abc\n', fileName: 'bad.cif' })).toBe('UNPROCESSABLE_CONTENT');
  expect(await refuse({ base64: Buffer.from([0x89, 0x50, 0, 0, 1]).toString('base64'), fileName: 'photo.png' })).toBe(
    'UNSUPPORTED_MEDIA_TYPE',
  );
});

test('a file above the limit is refused unread', async () => {
  const bytes = Buffer.alloc(STRUCTURE_BYTES_MAX + 1, ' ');
  await expect(importBytes(platform.actor, { bytes, fileName: 'big.cif', source: 'upload' })).rejects.toMatchObject({
    code: 'too-large',
  });
});

// The deadline is one of wall time: on a machine that is busy otherwise the first try may miss it.
test('10,000 atoms are read within the deadline, and said to be too many for symmetry', { retry: 2 }, async () => {
  const lines = Array.from(
    { length: 10_000 },
    (_, i) => `Ar ${(i % 22) * 3} ${(Math.floor(i / 22) % 22) * 3} ${Math.floor(i / 484) * 3}`,
  );
  const text = `10000\nLattice="66 0 0 0 66 0 0 0 66" Properties=species:S:1:pos:R:3\n${lines.join('\n')}\n`;
  const large = await caller.structures.import({ text, fileName: 'large.xyz' });
  expect(large.sites).toBe(10_000);
  expect(large.symmetry).toBeNull();
  expect(large.symmetryNote).toMatch(/atoms/);
});

test('reading that takes too long ends with its thread, and the next reading works', async () => {
  // Enough atoms that no machine answers before the deadline of a millisecond.
  const rows = Array.from({ length: 5_000 }, (_, i) => `${(i % 17) / 17} ${(i % 289) / 289} ${i / 5_000}`);
  const text = ['large', '40', '1 0 0', '0 1 0', '0 0 1', 'Na', '5000', 'Direct', ...rows].join('\n');
  const wait = inThread('read', { text, fileName: 'POSCAR' }, 0);
  await expect(wait).rejects.toMatchObject({ code: 'bad-structure', details: { code: 'too-costly' } });
  expect((await inThread('read', { text: saltPoscar, fileName: 'POSCAR' })).formula).toBe('NaCl');
});
