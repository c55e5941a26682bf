import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { bindInputs } from '@/server/schemas/app/bind';
import { type AppInput, faultOf, readInputs } from '@/server/schemas/app/inputs';

const cell = (source: string) => [{ cellId: 'a', source }];
const read = (source: string, language: 'typescript' | 'python' = 'typescript') => readInputs(cell(source), language);
const only = (source: string, language: 'typescript' | 'python' = 'typescript'): AppInput => {
  const { inputs, faults } = read(source, language);
  expect(faults).toEqual([]);
  return inputs[0]!;
};

describe('a declaration', () => {
  test('is a line with a plain value, in both languages, and nothing else is', () => {
    const slider = '{"kind": "slider", "min": 1, "max": 9, "step": 0.5}';
    expect(only(`const n: number = 2.5; // @input ${slider}`)).toMatchObject({ name: 'n', initial: 2.5 });
    expect(only(`n = 2.5  # @input ${slider}`, 'python')).toMatchObject({ name: 'n', initial: 2.5 });
    expect(only('flag = True  # @input {"kind": "checkbox"}', 'python').initial).toBe(true);
    expect(only('f = None  # @input {"kind": "file", "accept": [".cif"]}', 'python').initial).toBeNull();
    expect(only('let t = "a // b # c"; // @input {"kind": "text"}').initial).toBe('a // b # c');
    expect(read('const n = 2;\n// an @input is told of here\nconst m = n + 1;')).toEqual({ inputs: [], faults: [] });
  });

  test.each([
    ['const n = 1 + 1; // @input {"kind": "number"}', /no plain value/],
    ['const n = 2; // @input {kind: "number"}', /not JSON/],
    ['const n = 2; // @input {"kind": "dial"}', /kind/],
    ['const n = 2; // @input {"kind": "slider", "min": 3, "max": 1, "step": 1}', /min must be below max/],
    ['const n = 20; // @input {"kind": "slider", "min": 1, "max": 9, "step": 1}', /at most 9/],
    ['  const n = 2; // @input {"kind": "number"}', /on one line of its own/],
    ['const n = 2; // @input {"kind": "number", "colour": "red"}', /colour|nrecognized/],
    ['const s = "a"; // @input {"kind": "select", "options": ["b"]}', /one of b/],
  ])('that cannot be read is told with its line: %s', (line, message) => {
    const { inputs, faults } = read(`// first\n${line}`);
    expect(inputs).toEqual([]);
    expect(faults).toEqual([{ cellId: 'a', line: 2, message: expect.stringMatching(message) }]);
  });

  test('of one name stands once', () => {
    const line = 'const n = 2; // @input {"kind": "number"}';
    expect(read(`${line}\n${line}`).faults).toMatchObject([{ line: 2 }]);
  });
});

const slider: AppInput = {
  ...{ name: 'x', initial: 0.3, cellId: 'a' },
  widget: { kind: 'slider', min: 0.1, max: 2, step: 0.1 },
};

test('a value off the steps is refused, and one on them taken though tenths are no binary numbers', () => {
  for (let k = 1; k <= 20; k++) expect(faultOf(slider, k * 0.1)).toBeNull();
  expect(faultOf(slider, 0.25)).toMatch(/steps of 0.1/);
  expect(faultOf(slider, '0.3')).toMatch(/number/);
  expect(faultOf(slider, Number.NaN)).toMatch(/number/);
});

test.each(['inputs/../secret', '../x', '/etc/passwd', 'inputs/.hidden', 'inputs/a/b.cif', 'inputs/a.txt'])(
  'no file is at %s',
  (path) => {
    const input = { name: 'f', widget: { kind: 'file', accept: ['.cif'] } } as const;
    expect(faultOf({ ...input, widget: { ...input.widget, accept: ['.cif'] } }, path)).not.toBeNull();
  },
);

const hostile = [
  '"; throw new Error("x"); //',
  "'''\n__import__('os').system('true')\n'''",
  '\\',
  '\u2028$\u007b1}`',
  '" # @input {}',
];

describe.each(['typescript', 'python'] as const)('in %s', (language) => {
  const line =
    language === 'python'
      ? 'text = "as it was"  # @input {"kind": "text"}'
      : 'const text = "as it was"; // @input {"kind": "text"}';
  const source = `${language === 'python' ? '#' : '//'} kept\n${line}`;
  const { inputs } = read(source, language);

  test.each(hostile)('a value stays a value, whatever it holds (%#)', (value) => {
    const bound = bindInputs(source, language, inputs, { text: value });
    expect(bound.split('\n')).toHaveLength(2);
    const got =
      language === 'python'
        ? execFileSync('python3', ['-c', `${bound}\nimport json\nprint(json.dumps(text))`], { encoding: 'utf8' })
        : JSON.stringify(new Function(`${bound}\nreturn text;`)());
    expect(JSON.parse(got)).toBe(value);
    expect(read(bound, language).inputs[0]).toMatchObject({ name: 'text', initial: value });
  });

  test('what is not given stays as the notebook has it', () => {
    expect(bindInputs(source, language, inputs, {})).toBe(source);
  });
});
