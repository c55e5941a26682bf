import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StructureEditInput } from '@/kernels/crystal/edit/schema';
import { createCaller } from '@/server/routers';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { silicon } from '../workflows/workers';

let platform: TestPlatform;
let caller: ReturnType<typeof createCaller>;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  caller = createCaller({ actor: platform.actor });
});
afterAll(() => platform?.stop());

const slab: StructureEditInput = { do: 'slab', miller: [1, 1, 1], layers: 3, vacuumAngstrom: 12 };
const bring = () => caller.structures.import({ text: JSON.stringify(silicon) });

test('a structure edited step by step is a structure of its own, linked to the first with all that was done', async () => {
  const origin = await bring();
  const remove = { do: 'remove' as const, sites: [0] };
  const edited = await caller.structures.edit({ id: origin.id, edits: [slab, remove], name: 'Slab with a vacancy' });
  expect(edited).toMatchObject({ name: 'Slab with a vacancy', sites: 5, periodic: [true, true, false] });
  expect(edited.source.kind).toBe('derived');
  expect((await caller.structures.get({ id: origin.id })).structure).toEqual(origin.structure);
  const { id } = await caller.provenance.structureNode({ structureId: edited.id });
  const { items } = await caller.provenance.walk({ id: id!, direction: 'in' });
  expect(items[1]).toMatchObject({
    title: 'Slab (1 1 1), 3 layers, 12 Å of vacuum, termination 0; 1 atom removed',
    name: 'edit-structure',
  });
  const edit = items.find((item) => item.type === 'data' && item.kind === 'edit')!;
  expect((await caller.provenance.get({ id: edit.id })).value).toEqual({
    edits: [{ ...slab, termination: 0 }, remove],
  });
  // The same again is the same structure.
  expect((await caller.structures.edit({ id: origin.id, edits: [slab, remove] })).id).toBe(edited.id);
});

test('what cannot be done is told in a sentence, and nothing is stored', async () => {
  const origin = await bring();
  const count = async () => (await caller.structures.list({})).items.length;
  const before = await count();
  for (const [edits, sentence] of [
    [[{ do: 'remove', sites: [0, 1] }], /All atoms would be removed/],
    [[slab, { do: 'slab', miller: [1, 0, 0], layers: 1, vacuumAngstrom: 5 }], /not periodic along c.*Edit 2 of 2/],
    [[{ do: 'replace', sites: [0], element: 'Xx' }], /no element/],
  ] as const)
    await expect(caller.structures.edit({ id: origin.id, edits: edits as never })).rejects.toThrow(sentence);
  await expect(caller.structures.edit({ id: origin.id, edits: [{ do: 'explode' }] as never })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  expect(await count()).toBe(before);
  const stranger = createCaller({ actor: await makeActor('Eve') });
  await expect(stranger.structures.edit({ id: origin.id, edits: [slab] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a slab stays one: it has no other cell that would repeat along the vacuum', async () => {
  const origin = await bring();
  const { id } = await caller.structures.edit({ id: origin.id, edits: [slab] });
  for (const cell of ['primitive', 'conventional'] as const)
    await expect(caller.structures.toCell({ id, cell })).rejects.toThrow(/repeats in three directions/);
});

test('a molecule in a box has no space group', async () => {
  const { symmetry, symmetryNote } = await caller.structures.import({
    text: JSON.stringify({ sites: [{ element: 'He', cartesianAngstrom: [0, 0, 0] }] }),
  });
  expect([symmetry, symmetryNote]).toEqual([null, 'A molecule has no space group.']);
});

test('the command line cuts a slab and edits files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'brine-edit-'));
  const at = (name: string) => join(folder, name);
  writeFileSync(at('si.json'), JSON.stringify(silicon));
  const brine = (...args: string[]) =>
    execFileSync(process.execPath, ['bin/brine.mjs', 'structure', ...args], { encoding: 'utf8', stdio: 'pipe' });
  brine('slab', at('si.json'), at('slab.json'), '--miller', '1 1 0', '--layers', '4', '--vacuum', '10');
  const cut = JSON.parse(readFileSync(at('slab.json'), 'utf8'));
  expect([cut.sites.length, cut.periodic]).toEqual([8, [true, true, false]]);
  brine('edit', at('slab.json'), at('doped.cif'), '--edits', '[{"do":"replace","sites":[0],"element":"Ge"}]');
  expect(readFileSync(at('doped.cif'), 'utf8')).toMatch(/Ge/);
  const refused = (...args: string[]) => {
    try {
      brine(...args);
      return '';
    } catch (err) {
      return (err as { stderr: string }).stderr;
    }
  };
  expect(refused('edit', at('si.json'), at('x.cif'), '--edits', '{')).toMatch(/--edits is no JSON/);
  expect(refused('edit', at('si.json'), at('x.cif'), '--edits', '[{"do":"remove","sites":[7]}]')).toMatch(/no atom 8/);
  expect(refused('slab', at('si.json'), at('x.cif'), '--miller', 'one')).toMatch(/miller/);
});
