import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import type { Actor } from '@/server/services/actor';
import { collectSelection } from '@/server/services/provenance/archive/collect';
import { crateFiles } from '@/server/services/provenance/archive/crate-files';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { silicon } from '../workflows/workers';
import { makeCalculation } from './graphs';

let platform: TestPlatform;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
});
afterAll(() => platform?.stop());

type Entity = Record<string, unknown> & { '@id': string };

async function crateOf({ projectId }: Actor, ids: string[], license: string | null = null) {
  const files = new Map<string, Buffer>();
  const selection = await collectSelection({ projectId }, ids, true);
  for await (const { path, bytes } of crateFiles(selection, license)) files.set(path, bytes);
  const metadata = JSON.parse(files.get('ro-crate-metadata.json')!.toString());
  const graph = metadata['@graph'] as Entity[];
  const byId = new Map(graph.map((entity) => [entity['@id'], entity]));
  return { files, metadata, graph, byId };
}

const listed = (value: unknown) => (value === undefined ? [] : [value].flat());
const refs = (value: unknown) => listed(value).map((one) => (one as Entity)['@id']);
const hasType = (type: string) => (entity: Entity) => listed(entity['@type']).includes(type);

/**
 * What the specifications say that a crate MUST have, and what it SHOULD have where we can: RO-Crate 1.1 (metadata descriptor, root data
 * entity, data entities), Process Run Crate 0.5 and Workflow Run Crate 0.5 (their tables "Requirements"), Workflow RO-Crate 1.0.
 */
function problemsOf({ files, metadata, graph, byId }: Awaited<ReturnType<typeof crateOf>>): string[] {
  const problems: string[] = [];
  const must = (isMet: boolean, what: string) => {
    if (!isMet) problems.push(what);
  };
  const is = (id: string | undefined, type: string) => id !== undefined && byId.has(id) && hasType(type)(byId.get(id)!);
  const text = (entity: Entity | undefined, key: string) => typeof entity?.[key] === 'string' && entity[key] !== '';

  must(listed(metadata['@context']).includes('https://w3id.org/ro/crate/1.1/context'), 'the context of RO-Crate 1.1');
  must(
    listed(metadata['@context']).includes('https://w3id.org/ro/terms/workflow-run/context'),
    'the context of the profile',
  );
  must(byId.size === graph.length, 'each entity once');
  must(
    graph.every((entity) => text(entity, '@id') && listed(entity['@type']).length > 0),
    '@id and @type of each',
  );
  const descriptor = byId.get('ro-crate-metadata.json');
  must(descriptor?.['@type'] === 'CreativeWork', 'descriptor: CreativeWork');
  must(refs(descriptor?.['about'])[0] === './', 'descriptor: about the root');
  must(
    refs(descriptor?.['conformsTo']).includes('https://w3id.org/ro/crate/1.1'),
    'descriptor: conformsTo RO-Crate 1.1',
  );

  const root = byId.get('./');
  must(root !== undefined && hasType('Dataset')(root), 'root: Dataset');
  must(text(root, 'name') && text(root, 'description'), 'root: name, description');
  must(/^\d{4}-\d\d-\d\dT/.test(String(root?.['datePublished'])), 'root: datePublished in ISO 8601');
  const license = byId.get(refs(root?.['license'])[0] ?? '');
  must(text(license, 'name') && text(license, 'description'), 'root: license, an entity with name and description');
  must(
    refs(root?.['author']).every((id) => is(id, 'Person') && text(byId.get(id), 'name')),
    'root: author, Persons',
  );
  const readme = byId.get('README.md');
  must(readme !== undefined && refs(readme['about'])[0] === './', 'README.md: about the root');
  must(readme?.['encodingFormat'] === 'text/markdown', 'README.md: Markdown');
  const profiles = refs(root?.['conformsTo']);
  must(profiles.includes('https://w3id.org/ro/wfrun/process/0.5'), 'root: conformsTo Process Run Crate');
  must(
    profiles.every((id) => is(id, 'CreativeWork') && text(byId.get(id), 'name') && text(byId.get(id), 'version')),
    'profiles: CreativeWork',
  );

  must(
    graph.every((entity) =>
      Object.entries(entity).every(([key, value]) => key[0] === '@' || !Array.isArray(value) || value.length !== 1),
    ),
    'no list of one value',
  );

  const data = graph.filter(hasType('File'));
  must(
    data.every((entity) => files.has(decodeURIComponent(entity['@id']))),
    'each File is in the crate',
  );
  must(
    data.every((entity) => refs(root?.['hasPart']).includes(entity['@id'])),
    'root: hasPart each File',
  );
  must(
    data.every((entity) => text(entity, 'name') && text(entity, 'encodingFormat')),
    'File: name, encodingFormat',
  );
  must(
    data.every((entity) => /^[\w-]+\/[\w.+-]+(;\w+=[^;\s]+)?$/.test(String(entity['encodingFormat']))),
    'File: encodingFormat without blanks',
  );

  const actions = graph.filter(hasType('CreateAction'));
  must(actions.length > 0, 'an action');
  for (const action of actions) {
    const tool = byId.get(refs(action['instrument'])[0] ?? '');
    must(refs(root?.['mentions']).includes(action['@id']), 'root: mentions each action');
    must(
      tool !== undefined &&
        ['SoftwareApplication', 'SoftwareSourceCode', 'ComputationalWorkflow'].some((type) => hasType(type)(tool)),
      'action: instrument, a tool',
    );
    must(text(tool, 'name'), 'tool: name');
    must(!(tool?.['version'] && tool['softwareVersion']), 'tool: not both version and softwareVersion');
    must(is(refs(action['agent'])[0], 'Person'), 'action: agent, a Person');
    must(text(action, 'name') && text(action, 'description'), 'action: name, description');
    must(
      [...refs(action['object']), ...refs(action['result'])].every((id) => is(id, 'File')),
      'action: object and result are Files',
    );
    for (const key of ['startTime', 'endTime'])
      must(
        action[key] === undefined || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/.test(String(action[key])),
        `action: ${key} in ISO 8601 with its offset`,
      );
    must(
      action['error'] === undefined || action['actionStatus'] === 'http://schema.org/FailedActionStatus',
      'action: error only where it failed',
    );
  }

  if (profiles.includes('https://w3id.org/ro/wfrun/workflow/0.5')) {
    must(profiles.includes('https://w3id.org/workflowhub/workflow-ro-crate/1.0'), 'root: conformsTo Workflow RO-Crate');
    must(
      refs(descriptor?.['conformsTo']).includes('https://w3id.org/workflowhub/workflow-ro-crate/1.0'),
      'descriptor: conformsTo Workflow RO-Crate',
    );
    const main = byId.get(refs(root?.['mainEntity'])[0] ?? '');
    must(
      ['File', 'SoftwareSourceCode', 'ComputationalWorkflow'].every(
        (type) => main !== undefined && hasType(type)(main),
      ),
      'mainEntity: its three types',
    );
    must(text(main, 'version'), 'mainEntity: version');
    must(is(refs(main?.['programmingLanguage'])[0], 'ComputerLanguage'), 'mainEntity: programmingLanguage');
    must(
      actions.some((action) => refs(action['instrument'])[0] === main?.['@id']),
      'an action of the workflow',
    );
    for (const parameter of [...refs(main?.['input']), ...refs(main?.['output'])])
      must(
        is(parameter, 'FormalParameter') && text(byId.get(parameter), 'additionalType'),
        'input and output: FormalParameter',
      );
  }
  return [...new Set(problems)];
}

describe('an RO-Crate has what its profiles ask for', () => {
  test('of a calculation, also of one that failed or runs', async () => {
    const ada = await makeActor('Ada');
    const caller = createCaller({ actor: ada });
    const { id: structureId } = await caller.structures.import({
      text: JSON.stringify(silicon),
      fileName: 'si cell.json',
    });
    const made = await makeCalculation(ada, { structureId });
    const crate = await crateOf(ada, [made.id]);
    expect(problemsOf(crate)).toEqual([]);
    expect(refs(crate.byId.get('./')!['conformsTo'])).toContain('https://w3id.org/ro/wfrun/workflow/0.5');
    expect(refs(crate.byId.get('./')!['author'])).toEqual(['#person-Ada']);
    expect(crate.files.get('README.md')!.toString()).toContain('- Self-consistent field: finished\n');
    const failure = { code: 'x', message: 'It failed.', advice: null };
    for (const state of ['failed', 'paused'] as const) {
      await db().process.update({
        where: { id: made.scf },
        data: { state, failure, finishedAt: state === 'failed' ? new Date() : null },
      });
      expect(problemsOf(await crateOf(ada, [made.id]))).toEqual([]);
    }
  });

  test('of a structure, which no workflow made: then it is a crate of processes alone', async () => {
    const ada = await makeActor('Ada');
    const caller = createCaller({ actor: ada });
    const { id: structureId } = await caller.structures.import({ text: JSON.stringify(silicon), fileName: 'si.json' });
    const { id } = await caller.provenance.structureNode({ structureId });
    const crate = await crateOf(ada, [id!]);
    expect(problemsOf(crate)).toEqual([]);
    expect(refs(crate.byId.get('./')!['conformsTo'])).toEqual(['https://w3id.org/ro/wfrun/process/0.5']);
    expect(crate.byId.get('./')!['mainEntity']).toBeUndefined();
  });

  test.each([
    ['CC-BY-4.0', 'https://spdx.org/licenses/CC-BY-4.0'],
    ['https://example.org/terms', 'https://example.org/terms'],
    [null, '#license'],
  ])('with the license %s', async (license, id) => {
    const ada = await makeActor('Ada');
    const made = await makeCalculation(ada);
    const crate = await crateOf(ada, [made.id], license);
    expect(problemsOf(crate)).toEqual([]);
    expect(crate.byId.get('./')!['license']).toEqual({ '@id': id });
  });

  test('what it lacks is found', async () => {
    const ada = await makeActor('Ada');
    const crate = await crateOf(ada, [(await makeCalculation(ada)).id]);
    delete crate.byId.get('./')!['license'];
    delete crate.graph.find(hasType('CreateAction'))!['instrument'];
    crate.files.delete('workflow.json');
    expect(problemsOf(crate)).toEqual(
      expect.arrayContaining([
        'root: license, an entity with name and description',
        'action: instrument, a tool',
        'each File is in the crate',
      ]),
    );
  });
});
