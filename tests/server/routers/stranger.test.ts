import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportFound } from '@/server/explorer/export/export-found';
import { openSet } from '@/server/explorer/sets/open-set';
import { appRouter, createCaller } from '@/server/routers';
import type { Actor } from '@/server/services/actor';
import { openFile } from '@/server/services/calculations/open-file';
import { makeDataset, rockSalt } from '../datasets/make-dataset';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { silicon } from '../workflows/workers';

/** Every procedure with an input that its owner may use; the ids are those of the owner's rows. */
function inputsOf(ids: {
  structure: string;
  draft: string;
  calculation: string;
  family: string;
  group: string;
  comment: string;
  computer: string;
  notebook: string;
  dataset: string;
  query: string;
  set: string;
  visit: string;
  provider: string;
  search: string;
}): Record<string, unknown> {
  const { structure, draft, calculation, family, group, comment, computer, notebook, dataset, query, set, visit } = ids;
  const { provider, search } = ids;
  const cursor = { id: notebook, code: 'x', offset: 1 };
  const file = { structure: structuredClone(silicon), properties: { bands: {} } };
  return {
    'structures.import': { text: JSON.stringify(silicon) },
    'structures.get': { id: structure },
    'structures.examples': undefined,
    'structures.createFromExample': { exampleId: 'silicon' },
    'structures.fromSmiles': { smiles: 'O' },
    'structures.toCell': { id: structure, cell: 'conventional' },
    'structures.edit': { id: structure, edits: [{ do: 'niggli' }] },
    'structures.export': { id: structure, format: 'cif' },
    'structures.list': {},
    'drafts.create': { data: { structureId: structure } },
    'drafts.get': { id: draft },
    'drafts.list': {},
    'drafts.update': { id: draft, version: 1, changes: { step: 'review' } },
    'drafts.discard': { id: draft },
    'drafts.copyFromCalculation': { calculationId: calculation },
    'calculations.resolve': { draftId: draft },
    'calculations.espressoInputs': { draftId: draft },
    'calculations.submit': { draftId: draft, version: 1 },
    'calculations.run': file,
    'calculations.get': { id: calculation },
    'calculations.history': { id: calculation },
    'calculations.list': {},
    'calculations.stop': { id: calculation },
    'calculations.pause': { id: calculation },
    'calculations.goOn': { id: calculation },
    'calculations.setPriority': { id: calculation, priority: 'high' },
    'calculations.rerun': { id: calculation, from: 'scf' },
    'calculations.setReuse': { id: calculation, isReusable: false },
    'calculations.results': { id: calculation },
    'calculations.events': { calculationId: calculation },
    'calculations.log': { id: calculation },
    'calculations.files': { id: calculation },
    'calculations.rename': { id: calculation, label: 'mine now' },
    'computers.list': undefined,
    'computers.get': { id: computer },
    'computers.add': {
      name: 'Another',
      cores: 4,
      memoryBytes: 8e9,
      settings: { transport: { kind: 'local' }, scheduler: { kind: 'slurm' } },
    },
    'computers.update': {
      ...{ id: computer, name: 'Another', cores: 4, memoryBytes: 8e9 },
      settings: { transport: { kind: 'local' }, scheduler: { kind: 'slurm' } },
    },
    'computers.test': { id: computer },
    'computers.switch': { id: computer, isEnabled: false },
    'computers.limit': { id: computer, jobsMax: 1 },
    'computers.remove': { id: computer },
    'codes.find': { computerId: computer },
    'codes.add': { computerId: computer, program: 'espresso', version: '7.3', path: '/opt/qe/pw.x' },
    'codes.remove': { computerId: computer, id: computer },
    'notebooks.list': {},
    'notebooks.create': { spec: 'deno' },
    'notebooks.import': { name: 'a', text: '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}' },
    'notebooks.inCode': { of: { kind: 'calculation', id: calculation }, language: 'typescript', isInline: false },
    'notebooks.get': { id: notebook },
    'notebooks.summary': { id: notebook },
    'notebooks.export': { id: notebook },
    'notebooks.rename': { id: notebook, name: 'mine now' },
    'notebooks.archive': { id: notebook, isArchived: true },
    'notebooks.remove': { id: notebook },
    'notebooks.change': {
      ...{ id: notebook, client: notebook },
      operations: [{ sequence: 1, operation: { kind: 'interrupt' } }],
    },
    'notebookFiles.list': { id: notebook, path: '' },
    'notebookFiles.makeFolder': { id: notebook, path: 'mine' },
    'notebookFiles.move': { id: notebook, path: 'a', to: 'b' },
    'notebookFiles.remove': { id: notebook, paths: ['a'] },
    'notebookVersions.list': { id: notebook },
    'notebookVersions.save': { id: notebook, name: 'mine' },
    'notebookVersions.diff': { id: notebook, from: notebook },
    'notebookVersions.restore': { id: notebook, versionId: notebook },
    'notebookVersions.remove': { id: notebook, versionId: notebook },
    'notebooks.events': { id: notebook, epoch: null, number: 0 },
    'notebooks.complete': cursor,
    'notebooks.inspect': cursor,
    'notebooks.comm': { id: notebook, comm: { type: 'close', commId: 'mine' } },
    'notebooks.variables': { id: notebook },
    'notebooks.kernels': undefined,
    'apps.list': {},
    'apps.get': { name: 'stranger-app' },
    'apps.copy': { name: 'stranger-app' },
    'apps.preview': { id: notebook },
    'apps.publish': { id: notebook, name: 'mine', title: 'Mine', description: 'Mine now.', category: 'other' },
    'apps.unpublish': { name: 'stranger-app' },
    'apps.open': { name: 'stranger-app' },
    'apps.visit': { id: visit },
    'apps.run': { id: visit, values: {} },
    'apps.act': {
      ...{ id: visit, client: notebook },
      operations: [{ sequence: 1, operation: { kind: 'interrupt' } }],
    },
    'apps.leave': { id: visit },
    'processes.goOn': { id: calculation },
    'projects.limit': { jobsMax: 1 },
    'pseudopotentials.list': undefined,
    'pseudopotentials.get': { id: family },
    'pseudopotentials.remove': { id: family },
    'tokens.create': { name: 'mine', scopes: ['read'] },
    'tokens.lend': { name: 'mine' },
    'tokens.renew': { id: structure },
    'tokens.list': undefined,
    'tokens.revoke': { id: structure },
    'provenance.get': { id: calculation },
    'provenance.neighbours': { id: calculation, direction: 'in' },
    'provenance.walk': { id: calculation, direction: 'in' },
    'provenance.structureNode': { structureId: structure },
    'provenance.resultNode': { calculationId: calculation, name: 'scf' },
    'provenance.notes': { id: calculation },
    'provenance.tag': { id: calculation, tag: 'mine' },
    'provenance.untag': { id: calculation, tag: 'mine' },
    'provenance.comment': { id: calculation, body: 'mine' },
    'provenance.removeComment': { id: comment },
    'provenance.query': { text: 'kind:settings' },
    'provenance.planDeletion': { id: calculation },
    'provenance.delete': { id: calculation, fingerprint: '0'.repeat(64) },
    'datasets.list': undefined,
    'datasets.get': { slug: 'mine' },
    'datasets.entry': { slug: 'mine', key: 'salt' },
    'datasets.hull': { slug: 'mine', key: 'salt' },
    'datasets.making': { slug: 'mine', key: 'salt' },
    'datasets.kin': { slug: 'mine', key: 'salt' },
    'datasets.matchPattern': {
      ...{ slug: 'mine', wavelengthAngstrom: 1.54, rangeDegrees: [10, 80] },
      lines: [{ twoThetaDegrees: 30, intensity: 1 }],
    },
    'datasets.match': { slug: 'mine', filter: 'nsites=2' },
    'datasets.takeStructure': { slug: 'mine', key: 'salt' },
    'datasets.describe': { id: dataset, title: 'theirs' },
    'datasets.importFrom': { kind: 'address', url: 'https://192.0.2.1/a.jsonl' },
    'datasets.curate': { slugs: ['mine'], title: 'theirs' },
    'datasets.curation': { slug: 'mine' },
    'datasets.rejections': { slug: 'mine' },
    'datasets.stopImport': { id: dataset },
    'datasets.goOnImport': { id: dataset },
    'datasets.bringUpToDate': { id: dataset },
    'datasets.remove': { id: dataset },
    'datasets.reviewPublication': { selection: { by: 'ids', ids: [calculation] } },
    'datasets.publish': { title: 'Theirs', selection: { by: 'ids', ids: [calculation] } },
    'elsewhere.providers': undefined,
    'elsewhere.addProvider': { url: 'https://192.0.2.1/optimade' },
    'elsewhere.switchProvider': { id: provider, isEnabled: false },
    'elsewhere.removeProvider': { id: provider },
    'elsewhere.testProvider': { id: provider },
    'elsewhere.search': { text: 'NaCl' },
    'elsewhere.searches': undefined,
    'elsewhere.get': { id: search },
    'elsewhere.goOn': { id: search, answerId: search },
    'elsewhere.remove': { id: search },
    'elsewhere.found': { id: search },
    'elsewhere.entry': { id: search, entryId: search },
    'elsewhere.take': { id: search, entryId: search },
    'savedQueries.list': undefined,
    'savedQueries.save': { slug: 'mine', name: 'theirs' },
    'savedQueries.remove': { id: query },
    'resultSets.list': undefined,
    'resultSets.get': { id: set },
    'resultSets.freeze': { slug: 'mine', name: 'theirs' },
    'resultSets.compare': { id: set },
    'resultSets.remove': { id: set },
    'groups.list': undefined,
    'groups.create': { name: 'mine' },
    'groups.change': { groupId: group, name: 'theirs' },
    'groups.get': { groupId: group },
    'groups.add': { groupId: group, nodeIds: [calculation] },
    'groups.take': { groupId: group, nodeIds: [calculation] },
    'groups.remove': { groupId: group },
    'system.status': undefined,
    'system.home': undefined,
  };
}

let platform: TestPlatform;
let inputs: Record<string, unknown>;
let calculation: string;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  const { db } = await import('@/server/db/client');
  await db().computer.create({
    data: {
      key: 'test',
      name: 'Test',
      description: '',
      transport: 'local',
      scheduler: 'direct',
      cores: 2,
      memoryBytes: 8n * 10n ** 9n,
    },
  });
  const owner = createCaller({ actor: platform.actor });
  const structure = (await owner.structures.import({ text: JSON.stringify(silicon) })).id;
  const draft = (await owner.drafts.create({ data: { structureId: structure } })).id;
  calculation = (
    await owner.calculations.run({ structure: structuredClone(silicon) as never, properties: { bands: {} } })
  ).id;
  const { id: family } = await db().pseudopotentialFamily.create({
    data: { projectId: platform.actor.projectId, name: 'Own', description: '', layout: 'headers', functional: 'pbe' },
  });
  const { id: group } = await owner.groups.create({ name: 'silicon' });
  const { commentId: comment } = await owner.provenance.comment({ id: calculation, body: 'good' });
  const { id: computer } = await db().computer.create({
    data: {
      ...{ projectId: platform.actor.projectId, name: 'Cluster', description: '', isEnabled: false },
      ...{ transport: 'local', scheduler: 'slurm', cores: 2, memoryBytes: 10n ** 9n },
      settings: { transport: { kind: 'local' }, scheduler: { kind: 'slurm' } },
    },
  });
  const { id: notebook } = await owner.notebooks.create({});
  const { id: dataset } = await makeDataset(platform.actor, 'mine', [rockSalt('salt', ['Na', 'Cl'], 5.64)]);
  const { id: query } = await owner.savedQueries.save({ slug: 'mine', name: 'all' });
  const { id: set } = await owner.resultSets.freeze({ slug: 'mine', name: 'all' });
  const [{ id: provider } = { id: '' }] = await owner.elsewhere.providers();
  const { id: search } = await db().remoteSearch.create({
    data: { projectId: platform.actor.projectId, text: 'NaCl', filter: '' },
  });
  const app = { title: 'An app', description: 'For nobody else.', category: 'other' as const };
  await owner.apps.publish({ id: notebook, name: 'stranger-app', ...app });
  const { id: visit } = await owner.apps.open({ name: 'stranger-app' });
  inputs = inputsOf({
    structure,
    draft,
    calculation,
    family,
    group,
    comment,
    computer,
    notebook,
    dataset,
    query,
    set,
    visit,
    provider,
    search,
  });
});
afterAll(() => platform?.stop());

async function call(actor: Actor | null, path: string): Promise<string> {
  const [group, name] = path.split('.') as [string, string];
  const caller = createCaller({ actor }) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  try {
    const answer = await caller[group]![name]!(inputs[path]);
    if (isIterable(answer)) await answer[Symbol.asyncIterator]().next();
    return 'answered';
  } catch (err) {
    if (err instanceof TRPCError) return err.code;
    throw err;
  }
}

const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

test('the table above names every procedure', () => {
  expect(Object.keys(appRouter._def.procedures).sort()).toEqual(Object.keys(inputs).sort());
});

describe.each(
  Object.keys(
    inputsOf({
      structure: '',
      draft: '',
      calculation: '',
      family: '',
      group: '',
      comment: '',
      computer: '',
      notebook: '',
      dataset: '',
      query: '',
      set: '',
      visit: '',
      provider: '',
      search: '',
    }),
  ),
)('%s', (path) => {
  test('answers nobody without cookie or token', async () => {
    expect(await call(null, path)).toBe('UNAUTHORIZED');
  });

  test('is not found by someone who is no member of the project', async () => {
    const stranger = await makeActor('Eve');
    expect(await call({ ...stranger, projectId: platform.actor.projectId }, path)).toBe('NOT_FOUND');
  });

  test('hides what belongs to another project', async () => {
    const input = inputs[path] as Record<string, unknown> | undefined;
    const namesRow =
      ['id', 'draftId', 'calculationId', 'structureId', 'groupId', 'computerId', 'slug'].some(
        (key) => input && key in input,
      ) ||
      path === 'drafts.create' ||
      (path.startsWith('apps.') && path !== 'apps.list');
    const stranger = await makeActor('Eve');
    if (namesRow) expect(await call(stranger, path)).toBe('NOT_FOUND');
    else expect(await call(stranger, path)).not.toBe('INTERNAL_SERVER_ERROR');
  });

  test('lets a token without its scope do nothing', async () => {
    expect(await call({ ...platform.actor, scopes: [] }, path)).toBe('FORBIDDEN');
  });
});

test('lists of another project do not show the owner’s rows', async () => {
  const caller = createCaller({ actor: await makeActor('Eve') });
  expect((await caller.structures.list({})).items).toEqual([]);
  expect((await caller.drafts.list({})).items).toEqual([]);
  expect((await caller.calculations.list({})).items).toEqual([]);
  expect((await caller.notebooks.list({})).items).toEqual([]);
  expect(await caller.apps.list({})).toEqual([]);
  expect(await caller.savedQueries.list()).toEqual([]);
  expect(await caller.resultSets.list()).toEqual([]);
  expect(await caller.elsewhere.searches()).toEqual([]);
  expect((await caller.system.home()).counts).toEqual({ calculations: 0, structures: 0 });
});

test('exports and frozen results are not found by a stranger', async () => {
  const stranger = await makeActor('Eve');
  const { id } = inputs['datasets.remove'] as { id: string };
  const { id: set } = inputs['resultSets.get'] as { id: string };
  for (const format of ['csv', 'jsonl', 'parquet', 'cif'] as const)
    await expect(exportFound(stranger, { id, search: '', format })).rejects.toMatchObject({ code: 'not-found' });
  await expect(openSet(stranger, { id: set })).rejects.toMatchObject({ code: 'not-found' });
});

test('files of a calculation are not found by a stranger, nor by a made-up id', async () => {
  const stranger = await makeActor('Eve');
  await expect(openFile(stranger, { id: calculation, processId: 'x', name: 'stdout' })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(openFile(platform.actor, { id: '../x', processId: 'x', name: 'y' })).rejects.toMatchObject({
    code: 'not-found',
  });
});
