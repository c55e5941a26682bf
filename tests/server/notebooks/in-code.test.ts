import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calculationFileSchema } from '@/server/schemas/calculation';
import type { DraftDataInput } from '@/server/schemas/draft';
import { draftDataSchema } from '@/server/schemas/draft';
import { literal } from '@/server/schemas/notebook/literal';
import { notebookFileSchema } from '@/server/schemas/notebook/nbformat';
import { createDraft } from '@/server/services/drafts/create-draft';
import { exportNotebook } from '@/server/services/notebooks/export-notebook';
import { choicesOf } from '@/server/services/notebooks/in-code/choices';
import { toFile } from '@/server/services/notebooks/in-code/to-file';
import { notebookInCode } from '@/server/services/notebooks/notebook-in-code';
import { createStructureFromExample } from '@/server/services/structures/create-structure-from-example';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform?.stop());

const hostile = [
  '"]; throw 1; //',
  "'''\n\\ \u2028 \u0000",
  '$\u007balert(1)} `x` {x} %s',
  { 'a b': [true, false, null], ok: { class: [1.5, -2e-7] } },
  JSON.parse('{"__proto__": {"x": 1}}'),
  ['long '.repeat(30), { deep: [[1, 2, 3], ['four'.repeat(20)]] }],
];

test.each(hostile)('a literal reads back as the value that it was made of, in both languages (%#)', (value) => {
  const result = new Function(`return ${literal(value, 'typescript')}`)();
  expect(JSON.stringify(result)).toBe(JSON.stringify(value));
  const script = `import json, sys\nprint(json.dumps(${literal(value, 'python')}))`;
  const stdout = execFileSync('python3', ['-c', script], { encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(value)));
});

const drafts: DraftDataInput[] = [
  {},
  { properties: { bands: { stepPerAngstrom: 0.05 } }, protocol: 'fast', overrides: { mesh: [4, 4, 4] } },
  {
    ...{ properties: { relax: {}, dos: {} }, magnetism: { kind: 'collinear', moments: [2, -2] }, useCache: false },
    resources: { cores: 2 },
  },
];

test.each(drafts)('the choices that stand in the code are the whole of what was chosen (%#)', (chosen) => {
  const draft = draftDataSchema.parse(chosen);
  const file = calculationFileSchema.parse({
    structure: { id: '00000000-0000-4000-8000-000000000000' },
    ...choicesOf(draft),
  });
  const { structureId: _, step: _step, rerun: _rerun, label: _label, kind: _kind, ...rest } = draft;
  expect(file).toMatchObject(rest);
});

test('what nobody chose is not written', () => {
  expect(choicesOf(draftDataSchema.parse({ properties: { bands: {} } }))).toEqual({ properties: { bands: {} } });
});

test('a title cannot make a heading, a link or a formula of its own', () => {
  const made = toFile(
    { title: '](javascript:x) <b> $x$ `y`', href: '/calculations/1', structure: 'id', choices: { properties: {} } },
    'typescript',
  );
  expect(made.cells[0]!.source.split('\n')[0]).toBe('# \\]\\(javascript:x\\) \\<b\\> \\$x\\$ \\`y\\`');
});

test.each(['typescript', 'python'] as const)(
  'a draft becomes a notebook of %s, of its own project only',
  async (language) => {
    const { id: structureId } = await createStructureFromExample(platform.actor, { exampleId: 'silicon' });
    const { id } = await createDraft(platform.actor, { data: { structureId, properties: { bands: {} } } });
    const of = { kind: 'draft' as const, id };
    const made = await notebookInCode(platform.actor, { of, language, isInline: false });
    expect(made.spec).toBe(language === 'python' ? 'python3' : 'deno');
    const { text } = await exportNotebook(platform.actor, { id: made.id, format: 'ipynb' });
    const sources = notebookFileSchema.parse(JSON.parse(text)).cells.map(({ source }) => source);
    expect(sources.join('\n')).toContain(`structures.load("${structureId}")`);
    expect(sources.at(-1)).toBe('results.bands.plot()');
    const inline = await notebookInCode(platform.actor, { of, language, isInline: true });
    const whole = (await exportNotebook(platform.actor, { id: inline.id, format: 'ipynb' })).text;
    expect(whole).not.toContain(structureId);
    expect(whole).toContain('cellAngstrom');
    await expect(notebookInCode(await makeActor('someone'), { of, language, isInline: false })).rejects.toMatchObject({
      code: 'not-found',
    });
  },
);

test('a draft without a structure says what is missing', async () => {
  const { id } = await createDraft(platform.actor, {});
  const wanted = { of: { kind: 'draft' as const, id }, language: 'python' as const, isInline: false };
  await expect(notebookInCode(platform.actor, wanted)).rejects.toMatchObject({ code: 'bad-input' });
});
