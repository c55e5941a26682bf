import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Heard, startKernel, temporaryFolder } from './kernel';

let kernel: Heard;
beforeAll(async () => {
  kernel = await startKernel('deno', { folder: temporaryFolder() });
});
afterAll(() => kernel.runtime.shutdown());

/** One line of code and the bundle that it gives. */
const results: [string, Record<string, unknown>][] = [
  ['Deno.jupyter.html`<b>2</b>`', { 'text/html': '<b>2</b>' }],
  ['Deno.jupyter.md`# Title`', { 'text/markdown': '# Title' }],
  ['Deno.jupyter.svg`<svg width="1"></svg>`', { 'image/svg+xml': '<svg width="1"></svg>' }],
  ['Deno.jupyter.image(new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]))', { 'image/png': 'iVBORw0KGgo=' }],
  [
    '({ [Symbol.for("Jupyter.display")]: () => ({ "application/vnd.brine.structure+json": { sites: [] }, "text/plain": "NaCl" }) })',
    { 'application/vnd.brine.structure+json': { sites: [] }, 'text/plain': 'NaCl' },
  ],
  [
    '({ async [Symbol.for("Jupyter.display")]() { return { "application/vnd.plotly.v1+json": { data: [{ y: [1, 2] }], layout: {} } } } })',
    { 'application/vnd.plotly.v1+json': { data: [{ y: [1, 2] }], layout: {} } },
  ],
];

test.each(results)('%s', async (code, data) => {
  const { said } = await kernel.run(code);
  expect(said.map(({ type, content }) => [type, content.data])).toEqual([['execute_result', data]]);
});

test('a progress bar is one display that changes in place', async () => {
  const { said } =
    await kernel.run(`const bar = (done: number) => ({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": \`<progress value="\${done}"></progress>\` }) });
await Deno.jupyter.display(bar(0), { display_id: "progress" });
for (const done of [0.5, 1]) await Deno.jupyter.display(bar(done), { display_id: "progress", update: true });`);
  expect(said.map(({ type, content }) => [type, Object.values(content.data as object)[0]])).toEqual([
    ['display_data', '<progress value="0"></progress>'],
    ['update_display_data', '<progress value="0.5"></progress>'],
    ['update_display_data', '<progress value="1"></progress>'],
  ]);
});

test('a module of the folder is imported', async () => {
  await kernel.run('Deno.writeTextFileSync("lattice.ts", "export const a: number = 5.64")');
  const { reply } = await kernel.run('import { a } from "./lattice.ts"; console.log(a)');
  expect(reply.error).toBeNull();
});
