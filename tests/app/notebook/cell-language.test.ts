import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CellLanguage } from '@/app/notebook/language/cell-language';

const deno = `
declare var console: { log(...values: unknown[]): void };
declare namespace Deno { namespace jupyter { function display(obj: unknown, options?: { display_id?: string }): Promise<void> } }
`;
const brine = `
/** Structures of the platform. */
export declare const structures: { load(id: string): Promise<{ formula: string }>; example(name: string): Promise<{ formula: string }> };
`;

function notebook(...sources: string[]) {
  const language = new CellLanguage({ deno, brine });
  const ids = sources.map((_, i) => `c${i}`);
  language.update(
    ids,
    ids.map((id, i) => ({ id, source: sources[i]! })),
  );
  return language;
}

const faults = (language: CellLanguage, id: string) => language.faults(id).map(({ message }) => message);
const names = (language: CellLanguage, id: string, at: number) => language.suggest(id, at).map(({ name }) => name);

test('a cell sees the names of the cells above it with their types, and none of those below', () => {
  const language = notebook(
    'const energy = 1.5;\ninterface Site { x: number }',
    'energy.toFixed(2); const s: Site = { x: 1 }',
    'later',
    'const later = 1',
  );
  expect(faults(language, 'c1')).toEqual([]);
  expect(faults(language, 'c2')).toEqual(["Cannot find name 'later'."]);
  expect(names(language, 'c1', 'energy.'.length)).toContain('toFixed');
  expect(language.explain('c1', 2)?.code).toBe('const energy: 1.5');
  expect(language.explain('c1', 2)).toMatchObject({ start: 0, end: 6 });
});

test('a name may be declared again further below, and the nearest above counts', () => {
  const language = notebook('const x = 1', 'x.toFixed()', 'const x = "a"', 'x.toUpperCase()', 'x = 3');
  for (const id of ['c0', 'c1', 'c2', 'c3']) expect(faults(language, id)).toEqual([]);
  expect(faults(notebook('const x = 1; const x = 2'), 'c0')).toHaveLength(2);
  expect(faults(notebook('let x = 1', 'x = 2; x += 1'), 'c1')).toEqual([]);
});

test('await stands at the top, and what the platform and the kernel offer is known', () => {
  const language = notebook(
    'import { structures } from "brine";\nconst silicon = await structures.example("silicon");',
    'silicon.formula; await Deno.jupyter.display(silicon); structures.',
  );
  expect(faults(language, 'c0')).toEqual([]);
  expect(language.explain('c1', 10)?.code).toContain('formula: string');
  expect(names(language, 'c1', 'silicon.formula; await Deno.jupyter.display(silicon); structures.'.length)).toEqual([
    'example',
    'load',
  ]);
});

test('names of other cells are offered before they are written, with what they are', () => {
  const language = notebook('/** In eV. */\nconst energy = 1.5', 'ener');
  const found = language.suggest('c1', 4).find(({ name }) => name === 'energy');
  expect(found?.from).toBe('c0');
  expect(language.explainSuggestion('c1', 4, found!)).toMatchObject({ code: 'const energy: 1.5', text: 'In eV.' });
});

test('a call shows its parameters', () => {
  const language = notebook('function add(first: number, second = 2) { return first + second }', 'add(1, ');
  expect(language.signatures('c1', 7)).toMatchObject({
    argument: 1,
    signatures: [{ label: 'add(first: number, second?: number): number' }],
  });
});

test('a cell that is not finished spoils no other', () => {
  const language = notebook('const a = {', 'const b = 1', 'b.toFixed(); a');
  expect(faults(language, 'c0').length).toBeGreaterThan(0);
  expect(faults(language, 'c2')).toEqual([]);
});

test('what the kernel alone can find is no fault; what nothing can find is', () => {
  expect(
    faults(
      notebook('import x from "npm:lodash@4"; import { y } from "jsr:@std/path"; import "./own.ts"; x.y(y)'),
      'c0',
    ),
  ).toEqual([]);
  expect(faults(notebook('import x from "nowhere"; x'), 'c0')).toEqual([
    "Cannot find module 'nowhere' or its corresponding type declarations.",
  ]);
});

test('what is changed, moved and deleted is followed', () => {
  const language = notebook('const a = 1', 'a.toFixed()');
  language.update(['c0', 'c1'], [{ id: 'c0', source: 'const a = "text"' }]);
  expect(faults(language, 'c1')).toHaveLength(1);
  language.update(['c1', 'c0'], []);
  expect(faults(language, 'c1')).toEqual(["Cannot find name 'a'."]);
  language.update(['c1'], []);
  expect(names(language, 'c1', 0)).not.toContain('a');
});

test('in a thousand cells an answer comes quickly', () => {
  const sources = Array.from(
    { length: 1_000 },
    (_, i) => `const v${i} = ${i % 20 === 0 ? '1' : `v${i - 1} + 1`}; function f${i}(a: number) { return a + v${i} }`,
  );
  const language = notebook(...sources);
  language.faults('c999');
  const begin = process.cpuUsage();
  language.update(
    sources.map((_, i) => `c${i}`),
    [{ id: 'c999', source: `${sources[999]}; f1(2).` }],
  );
  expect(names(language, 'c999', sources[999]!.length + 8)).toContain('toFixed');
  expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(1_500);
});

test('the types that are built for the client fit', () => {
  const language = new CellLanguage({ deno: '', brine: readFileSync('dist/client/brine.d.ts', 'utf8') });
  const source = 'import { calculations, structures } from "brine";\nconst c = await calculations.get("x");\nc.wait';
  language.update(['a'], [{ id: 'a', source }]);
  expect(language.explain('a', source.length - 1)?.code).toContain('wait(');
});
