import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fromFile } from '@/server/schemas/notebook/from-file';
import { type NotebookFile, notebookFileSchema, writeNotebookFile } from '@/server/schemas/notebook/nbformat';
import { toFile } from '@/server/schemas/notebook/to-file';

let made = 0;
const newId = () => `new${made++}`;

/** In and out, as the text of a file. */
function passThrough(text: string): string {
  const { state, sources } = fromFile(notebookFileSchema.parse(JSON.parse(text)), newId);
  return writeNotebookFile(toFile(state, { sourceOf: (id) => sources[id] ?? '', valueAt: () => undefined }));
}

const kernelspec = { name: 'python3', display_name: 'Python 3', language: 'python', extra: [1, { deep: null }] };

test('a file passes through unchanged: sources, outputs, attachments, and metadata that nobody knows', () => {
  const file: NotebookFile = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec, language_info: { name: 'python' }, 'x-lab': { nested: ['ü', 0, false, null] } },
    cells: [
      {
        ...{ cell_type: 'markdown', id: 'm-1', metadata: { tags: ['a'], own: { b: 1 } }, source: '# Title\n\n$x^2$' },
        attachments: { 'a.png': { 'image/png': 'iVBORw0=' } },
      },
      {
        ...{ cell_type: 'code', id: 'c_1', metadata: { scrolled: 'auto', jupyter: { source_hidden: true } } },
        ...{ source: 'print(1)\n', execution_count: 3 },
        outputs: [
          { output_type: 'stream', name: 'stdout', text: '1\n\u001b[31mred\u001b[0m\r\n' },
          {
            ...{ output_type: 'execute_result', execution_count: 3, metadata: { 'text/html': { isolated: true } } },
            data: { 'text/plain': '1\n2', 'application/vnd.x+json': { any: [null, 'thing'] }, 'text/html': '<b>1</b>' },
          },
          { output_type: 'display_data', data: { 'image/png': 'iVBORw0KGgo=\n' }, metadata: {} },
          { output_type: 'error', ename: 'E', evalue: 'v', traceback: ['a', 'b'] },
        ],
      },
      { cell_type: 'raw', id: 'r', metadata: { format: 'text/latex' }, source: '' },
    ],
  };
  const text = writeNotebookFile(file);
  expect(passThrough(text)).toBe(text);
  expect(notebookFileSchema.parse(JSON.parse(text))).toEqual(file);
});

test('cells without an id get one, and a second with the same id another', () => {
  const cell = { cell_type: 'code', metadata: {}, source: ['a\n', 'b'], outputs: [], execution_count: null };
  const cells = [
    cell,
    { ...cell, id: 'one' },
    { ...cell, id: 'one' },
    { ...cell, id: 'not allowed!' },
    { ...cell, id: '__proto__' },
    { ...cell, id: 'constructor' },
  ];
  const written = JSON.parse(passThrough(JSON.stringify({ nbformat: 4, nbformat_minor: 2, metadata: {}, cells })));
  const ids = written.cells.map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(6);
  expect(ids).not.toContain('constructor');
  expect(ids).toContain('one');
  expect(written.nbformat_minor).toBe(5);
  expect(written.cells[0].source).toEqual(['a\n', 'b']);
});

test('outputs of a file are not trusted', () => {
  const { state } = fromFile(notebookFileSchema.parse(anyNotebook(1)), newId);
  expect(Object.values(state.cells).some(({ isTrusted }) => isTrusted)).toBe(false);
});

test('made-up notebooks pass through unchanged', () => {
  for (let seed = 0; seed < 300; seed++) {
    // The first pass gives ids to cells without one.
    const text = passThrough(JSON.stringify(anyNotebook(seed)));
    expect(passThrough(text)).toBe(text);
    const plain = (one: NotebookFile) => one.cells.map((cell) => ({ ...cell, id: '' }));
    expect(plain(JSON.parse(text))).toEqual(
      plain(JSON.parse(writeNotebookFile(notebookFileSchema.parse(anyNotebook(seed))))),
    );
  }
});

const reference = (() => {
  try {
    execFileSync('/usr/bin/python3', ['-c', 'import nbformat'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** The schema of nbformat itself, as Debian's python3-nbformat brings it. */
test.skipIf(!reference)('Jupyter’s own schema holds for what is written of made-up notebooks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'brine-nbformat-'));
  try {
    for (let seed = 0; seed < 300; seed++)
      writeFileSync(join(folder, `${seed}.ipynb`), passThrough(JSON.stringify(anyNotebook(seed))));
    const check = `import glob, json, nbformat, sys
for path in glob.glob(sys.argv[1] + '/*.ipynb'):
    notebook = json.load(open(path))
    nbformat.validate(notebook)
    assert notebook['nbformat_minor'] == 5
print('all')`;
    expect(execFileSync('/usr/bin/python3', ['-c', check, folder], { encoding: 'utf8' }).trim()).toBe('all');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A notebook that follows from a number: cells of all kinds with odd texts. */
function anyNotebook(start: number): Record<string, unknown> {
  let seed = start * 7919 + 17;
  const random = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % n;
  };
  const texts = [
    '',
    'x',
    'a\nb',
    'a\n',
    '\n',
    'ünï 🧂',
    '\\frac{1}{2}',
    '<script>alert(1)</script>',
    '\u001b[1m\r',
    '"',
  ];
  const text = () => texts[random(texts.length)]!;
  const lines = () => (random(2) ? text() : [`${text()}\n`, text()]);
  const json = (depth = 0): unknown =>
    [
      () => random(9) / 4,
      () => text(),
      () => null,
      () => depth < 2 && [json(depth + 1)],
      () => depth < 2 && { [text() || 'k']: json(depth + 1) },
    ][random(5)]!();
  const metadata = () => Object.fromEntries(Array.from({ length: random(3) }, (_, i) => [`k${i}`, json()]));
  const bundle = () => ({
    'text/plain': lines(),
    ...(random(2) ? { 'text/html': lines() } : {}),
    ...(random(2) ? { 'application/vnd.plotly.v1+json': json() } : {}),
    ...(random(3) ? {} : { 'image/png': 'iVBORw0KGgo=' }),
  });
  const count = () => (random(3) ? random(50) : null);
  const outputs = [
    () => ({ output_type: 'stream', name: random(2) ? 'stdout' : 'stderr', text: lines() }),
    () => ({ output_type: 'display_data', data: bundle(), metadata: metadata() }),
    () => ({ output_type: 'execute_result', data: bundle(), metadata: metadata(), execution_count: count() }),
    () => ({ output_type: 'error', ename: text(), evalue: text(), traceback: [text(), text()] }),
  ];
  const cell = (i: number) => {
    const id = random(4) ? { id: `id-${i}` } : {};
    if (random(2))
      return {
        ...{ cell_type: 'code', ...id, metadata: metadata(), source: lines(), execution_count: count() },
        outputs: Array.from({ length: random(4) }, () => outputs[random(4)]!()),
      };
    const attachments = random(3) ? {} : { attachments: { 'a.png': { 'image/png': 'iVBORw0KGgo=' } } };
    return { cell_type: random(2) ? 'markdown' : 'raw', ...id, metadata: metadata(), source: lines(), ...attachments };
  };
  return {
    nbformat: 4,
    nbformat_minor: random(6),
    metadata: { kernelspec, ...metadata() },
    cells: Array.from({ length: random(8) }, (_, i) => cell(i)),
  };
}

test('cells whose ids are numbers stay where they are', () => {
  const cells = ['b', '20', 'a', '3'].map((id) => ({ id, cell_type: 'raw', metadata: {}, source: id }));
  const file = notebookFileSchema.parse({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
  expect(fromFile(file, () => 'new').state.order).toEqual(['b', '20', 'a', '3']);
});
