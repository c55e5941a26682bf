import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runFile } from '@/server/runtime/run-file';
import {
  type FileCell,
  type NotebookFile,
  notebookFileSchema,
  writeNotebookFile,
} from '@/server/schemas/notebook/nbformat';
import { type Dialect, dialects } from './jupyter/dialects';
import { specOf, temporaryFolder } from './jupyter/kernel';

const [deno] = dialects as [Dialect];

/** The checker of Jupyter itself, with the schema of its format. */
const hasChecker = existsSync('/usr/lib/python3/dist-packages/nbformat');
function complaintsOfJupyter(text: string): string {
  const program = 'import sys, json, nbformat\nnbformat.validate(json.load(sys.stdin))';
  return spawnSync('/usr/bin/python3', ['-c', program], { input: text, encoding: 'utf8' }).stderr;
}

const code = (source: string, metadata = {}): FileCell => ({
  cell_type: 'code',
  id: 'c',
  metadata,
  source,
  outputs: [],
  execution_count: 9,
});
const notebookOf = (language: string, ...cells: FileCell[]): NotebookFile => ({
  ...{
    nbformat: 4,
    nbformat_minor: 4,
    cells,
    metadata: { kernelspec: { name: 'elsewhere', display_name: '', language }, own: [1] },
  },
});
const optionsOf = (kernel: string) => ({
  ...{ spec: specOf(kernel)!, folder: temporaryFolder(), environment: {}, limits: { memoryBytes: 2 ** 31 } },
  ...{ allowErrors: false, timeoutMs: null },
});
const outputsOf = (file: NotebookFile) => file.cells.map((cell) => (cell.cell_type === 'code' ? cell.outputs : null));

describe.each(dialects)('$kernel', (dialect) => {
  const isThere = specOf(dialect.kernel) !== null;
  const because = isThere ? '' : ` (skipped: ${dialect.kernel} is not installed)`;

  test.skipIf(!isThere)(
    `runs a notebook from top to bottom, and the result is one to Jupyter’s own checker${because}`,
    async () => {
      const { kernel, language } = dialect;
      const text: FileCell = { cell_type: 'markdown', id: 'text', metadata: {}, source: '# Title' };
      const cells = [
        dialect.assign,
        dialect.printLines(3),
        dialect.printBoth,
        dialect.display,
        dialect.updateDisplay,
        '  ',
        `${dialect.assign}\n${dialect.read}`,
      ];
      const { file, ran, leftOut } = await runFile(
        notebookOf(language, text, ...cells.map((source) => code(source))),
        optionsOf(kernel),
      );
      expect(ran.map(({ number, error }) => [number, error])).toEqual(
        [2, 3, 4, 5, 6, 8].map((number) => [number, null]),
      );
      expect(leftOut).toBe(0);
      const [markdown, assigned, lines, both, shown, updated, empty, read] = outputsOf(file);
      expect([markdown, assigned, empty]).toEqual([null, [], []]);
      expect(lines).toEqual([{ output_type: 'stream', name: 'stdout', text: '0\n1\n2\n' }]);
      expect(both).toMatchObject([{ name: 'stdout' }, { name: 'stderr' }]);
      expect(shown).toMatchObject([{ data: { 'text/html': '<b>rich</b>', 'application/json': { a: [1] } } }]);
      expect(updated).toEqual([{ output_type: 'display_data', data: { 'text/plain': 'second' }, metadata: {} }]);
      expect(read).toMatchObject([{ output_type: 'execute_result', execution_count: 6 }]);
      expect(file.cells.map((cell) => (cell.cell_type === 'code' ? cell.execution_count : 0))).toEqual([
        0,
        1,
        2,
        3,
        4,
        5,
        null,
        6,
      ]);
      expect(file.metadata).toMatchObject({
        own: [1],
        kernelspec: { name: kernel, language },
        language_info: { name: language },
      });
      const written = writeNotebookFile(file);
      expect(notebookFileSchema.parse(JSON.parse(written)).cells).toEqual(file.cells);
      expect(new Set(file.cells.map(({ id }) => id)).size).toBe(8);
      if (hasChecker) expect(complaintsOfJupyter(written)).toBe('');
    },
  );

  test.skipIf(!isThere)(`an error ends it, unless it is allowed for all or for that cell${because}`, async () => {
    const { kernel, language, error } = dialect;
    const failing = notebookOf(language, code(error.code), code('1'));
    const strict = await runFile(failing, optionsOf(kernel));
    expect(strict.ran).toMatchObject([{ number: 1, error: { name: error.name, message: error.message } }]);
    expect(strict.leftOut).toBe(1);
    expect(outputsOf(strict.file)).toMatchObject([[{ output_type: 'error', ename: error.name }], []]);
    if (hasChecker) expect(complaintsOfJupyter(writeNotebookFile(strict.file))).toBe('');
    const lenient = await runFile(failing, { ...optionsOf(kernel), allowErrors: true });
    expect(lenient.ran).toMatchObject([{ error: {} }, { error: null }]);
    const tagged = await runFile(
      notebookOf(language, code(error.code, { tags: ['raises-exception'] }), code('1')),
      optionsOf(kernel),
    );
    expect(tagged.leftOut).toBe(0);
  });

  test.skipIf(!isThere)(`a cell that runs too long is stopped, and says so${because}`, async () => {
    const { ran, file } = await runFile(notebookOf(dialect.language, code(dialect.loop), code('1')), {
      ...optionsOf(dialect.kernel),
      timeoutMs: 500,
    });
    expect(ran).toMatchObject([
      { error: { name: 'Timeout', message: 'The cell ran for more than 0.5 s and was stopped.' } },
    ]);
    expect(outputsOf(file)[0]!.at(-1)).toMatchObject({ output_type: 'error', ename: 'Timeout' });
  });
});

test('a kernel that ends takes the run with it, errors allowed or not', async () => {
  const file = notebookOf('typescript', code('Deno.exit(3)'), code('1'));
  const { ran, leftOut } = await runFile(file, { ...optionsOf('deno'), allowErrors: true });
  expect(ran).toMatchObject([{ error: { name: 'KernelEnded' } }]);
  expect(leftOut).toBe(1);
});

describe('brine notebook run', () => {
  const folder = temporaryFolder();
  const brine = (...args: string[]) =>
    new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
      const child = spawn(process.execPath, [join(process.cwd(), 'bin/brine.mjs'), 'notebook', 'run', ...args], {
        cwd: folder,
      });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (chunk) => (stdout += chunk));
      child.stderr.on('data', (chunk) => (stderr += chunk));
      child.on('close', (status) => resolve({ status, stdout, stderr }));
    });
  const write = (name: string, file: unknown) => writeFileSync(join(folder, name), JSON.stringify(file));

  test('writes the notebook, in whose folder it ran, and nothing else', async () => {
    write('in.ipynb', notebookOf('typescript', code('Deno.readTextFileSync("data.txt").length')));
    writeFileSync(join(folder, 'data.txt'), 'seven..');
    const before = readdirSync(folder);
    const { status, stdout, stderr } = await brine('in.ipynb', '--output', 'out.ipynb', '--json');
    expect(stderr.replace(/^built .*\n/gm, '')).toBe('');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kernel: { name: 'deno' },
      leftOut: 0,
      ran: [{ number: 1, error: null }],
    });
    expect(readFileSync(join(folder, 'out.ipynb'), 'utf8')).toMatch(/7/);
    expect(readdirSync(folder).sort()).toEqual([...before, 'out.ipynb'].sort());
  });

  test('ends with 1 after an error, which it tells without colours, and writes what there is', async () => {
    write('bad.ipynb', notebookOf('typescript', code(deno.error.code), code('1')));
    const { status, stdout, stderr } = await brine('bad.ipynb', '--output', 'bad-out.ipynb');
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(/^1 of 2 code cells ran in [\d.]+ s with TypeScript \(Deno\): bad-out.ipynb\n$/),
    ]);
    expect(stderr).toContain('Cell 1 ended in an error: RangeError: too far\n');
    expect(JSON.parse(readFileSync(join(folder, 'bad-out.ipynb'), 'utf8')).cells[0].outputs[0].output_type).toBe(
      'error',
    );
    expect((await brine('bad.ipynb', '--allow-errors')).status).toBe(0);
  });

  test('says what is wrong with what it was given', async () => {
    write('julia.ipynb', notebookOf('julia-of-nowhere'));
    write('three.ipynb', { nbformat: 3, nbformat_minor: 0, metadata: {}, worksheets: [] });
    writeFileSync(join(folder, 'text.ipynb'), 'no JSON');
    for (const [args, said] of [
      [['julia.ipynb'], /There is no kernel elsewhere on this machine; there is deno \(TypeScript \(Deno\)\)/],
      [['three.ipynb'], /three.ipynb is no notebook of format 4: nbformat/],
      [['text.ipynb'], /does not hold JSON/],
      [['absent.ipynb'], /absent.ipynb cannot be read/],
      [['in.ipynb', '--timeout', 'soon'], /--timeout takes a number of seconds/],
      [[], /usage: brine notebook run/],
    ] as const) {
      const { status, stderr } = await brine(...args);
      expect([args, status]).toEqual([args, 2]);
      expect(stderr).toMatch(said);
    }
  });
});
