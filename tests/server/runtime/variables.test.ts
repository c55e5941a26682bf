import { describe, expect, onTestFinished, test } from 'vitest';
import type { RuntimeMessage } from '@/server/runtime/jupyter/runtime';
import { listVariables } from '@/server/runtime/variables/list-variables';
import { specOf, startKernel } from './jupyter/kernel';

async function kernel(name: string) {
  const heard = await startKernel(name);
  onTestFinished(() => heard.runtime.shutdown());
  const list = async (...names: string[]) => {
    const from = heard.messages.length;
    const listeners = new Set<(message: RuntimeMessage) => void>();
    const beat = setInterval(() => undefined, 1_000);
    let read = from;
    const found = await listVariables(heard.runtime, name === 'deno' ? 'typescript' : 'python', {
      names,
      listen: (listener) => {
        listeners.add(listener);
        const timer = setInterval(() => {
          for (; read < heard.messages.length; read++) listener(heard.messages[read]!);
        }, 1);
        return () => {
          for (; read < heard.messages.length; read++) listener(heard.messages[read]!);
          clearInterval(timer);
        };
      },
    });
    clearInterval(beat);
    return found;
  };
  return { ...heard, list };
}

describe('of TypeScript', () => {
  test('names that are there come with type, value and size; names that are not are left out', async () => {
    const { run, list } = await kernel('deno');
    await run(
      'const gap = 1.1; let label = "Si"; const rows = [1, [2, 3], { a: { b: 1 } }]; class Site { x = 1 }\n' +
        'const site = new Site(); const map = new Map([[1, 2]]); const f = (a) => a; const data = new Float64Array(100); const none = null',
    );
    const found = await list('gap', 'label', 'rows', 'site', 'map', 'f', 'data', 'none', 'missing');
    expect(found).toEqual({
      leftOut: 0,
      variables: [
        { name: 'gap', type: 'number', value: '1.1', size: null },
        { name: 'label', type: 'string', value: '"Si"', size: '2 characters' },
        { name: 'rows', type: 'Array', value: '[1, [2, 3], { a: {…} }]', size: '3 items' },
        { name: 'site', type: 'Site', value: '{ x: 1 }', size: null },
        { name: 'map', type: 'Map', value: 'Map(1)', size: '1 item' },
        { name: 'f', type: 'function', value: 'f()', size: null },
        { name: 'data', type: 'Float64Array', value: `[${Array(8).fill(0).join(', ')}, …]`, size: '100 items' },
        { name: 'none', type: 'null', value: 'null', size: null },
      ],
    });
  });

  test('it leaves nothing behind: no count, no output, no names, and the last value', async () => {
    const { run, list, messages } = await kernel('deno');
    const first = await run('const x = 1; 40 + 2');
    const names = 'Object.getOwnPropertyNames(globalThis).length';
    const { said: before } = await run(names);
    const from = messages.length;
    await list('x');
    expect(
      messages
        .slice(from)
        .map(({ type }) => type)
        .filter((type) => /stream|display|result|error/.test(type)),
    ).toEqual([]);
    const { said: after, reply } = await run(names);
    const value = (said: RuntimeMessage[]) =>
      said.map(({ content }) => (content as { data?: Record<string, unknown> }).data?.['text/plain']).find(Boolean);
    expect(value(after)).toEqual(value(before));
    expect(reply.executionCount).toBe((first.reply.executionCount ?? 0) + 2);
  });

  test('getters, proxies and what pretends to be something else run nothing; long values are cut', async () => {
    const { run, list, messages } = await kernel('deno');
    await run(
      'const got = { get a() { console.log("RAN"); return 1 }, toJSON() { console.log("RAN") } };\n' +
        'const proxy = new Proxy({}, new Proxy({}, { get() { console.log("RAN") } }));\n' +
        'const long = "x".repeat(1e6); const many = Object.fromEntries(Array.from({ length: 1e4 }, (_, i) => ["k" + i, i]));\n' +
        'const odd = Object.create(null); const liar = { constructor: { name: { toString() { console.log("RAN") } } } };',
    );
    const found = await list('got', 'proxy', 'long', 'many', 'odd', 'liar');
    expect(found?.variables.map(({ name }) => name)).toEqual(['got', 'proxy', 'long', 'many', 'odd', 'liar']);
    expect(found?.variables.every(({ value }) => value.length <= 160)).toBe(true);
    expect(found?.variables[2]).toMatchObject({ type: 'string', size: '1000000 characters' });
    expect(messages.filter(({ type }) => type === 'stream')).toEqual([]);
  });
});

describe.skipIf(!specOf('python3'))('of Python', () => {
  test('variables come with type, value and size; modules and what IPython brings do not', async () => {
    const { run, list } = await kernel('python3');
    await run(
      'import math, fractions\ngap = 1.1\nlabel = "Si"\nrows = [1, [2, 3], {"a": 1}]\nhalf = fractions.Fraction(1, 2)\ndef f(a): pass\nnone = None',
    );
    const found = await list();
    expect(found?.variables.map(({ name, type, value, size }) => [name, type, value, size])).toEqual([
      ['gap', 'float', '1.1', null],
      ['label', 'str', "'Si'", '2 characters'],
      ['rows', 'list', "[1, [2, 3], {'a': 1}]", '3 items'],
      ['half', 'Fraction', 'Fraction(1, 2)', null],
      ['f', 'function', expect.stringMatching(/^<function f at /), null],
      ['none', 'NoneType', 'None', null],
    ]);
  });

  test('it leaves nothing behind: no count, no history, no output, no names', async () => {
    const { run, list, messages, runtime } = await kernel('python3');
    await run('x = 1');
    const names = 'print(len(globals()), len(dir()))';
    const { said: before } = await run(names);
    const from = messages.length;
    await list();
    expect(
      messages
        .slice(from)
        .map(({ type }) => type)
        .filter((type) => /stream|display|result|error/.test(type)),
    ).toEqual([]);
    const { said: after, reply } = await run(names);
    const printed = (said: RuntimeMessage[]) => said.find(({ type }) => type === 'stream')?.content;
    // IPython keeps each input under a name of its own.
    expect(String((printed(after) as { text: string }).text).split(' ').length).toBe(
      String((printed(before) as { text: string }).text).split(' ').length,
    );
    expect(reply.executionCount).toBe(3);
    expect(await runtime.history(10)).toEqual(['x = 1', names, names]);
  });

  test('a text that prints, fails, is huge or lies is cut', async () => {
    const { run, list, messages } = await kernel('python3');
    await run(`
class Loud:
    def __repr__(self):
        print("RAN")
        return "loud"
class Broken:
    def __repr__(self): raise RuntimeError("no")
class Huge:
    def __repr__(self): return "x" * 1_000_000
class Liar:
    __class__ = dict
    def __len__(self): raise SystemExit()
    def __repr__(self): return 5
loud, broken, huge, liar = Loud(), Broken(), Huge(), Liar()
many = list(range(10**6)); digits = 10 ** 100_000; nested = []; nested.append(nested)
`);
    const values = async () =>
      Object.fromEntries((await list())?.variables.map(({ name, value }) => [name, value]) ?? []);
    // The time that texts get is by the clock: where the machine is busy, less comes of it.
    await expect.poll(values, { timeout: 60_000 }).toMatchObject({
      ...{ loud: 'loud', broken: '', liar: '', huge: `${'x'.repeat(159)}…` },
      ...{ many: '[0, 1, 2, 3, 4, 5, 6, 7, …]', digits: expect.stringMatching(/bits$/), nested: '[[[[…]]]]' },
    });
    expect(messages.filter(({ type }) => type === 'stream')).toEqual([]);
  });

  test('a text that takes for ever is left out, and the kernel goes on', async () => {
    const { run, list } = await kernel('python3');
    await run(`
class Slow:
    def __repr__(self):
        while True: pass
slow = Slow()
`);
    expect((await list())?.variables.find(({ name }) => name === 'slow')).toEqual({
      ...{ name: 'slow', type: 'Slow', value: '', size: null },
    });
    expect((await run('1 + 1')).reply.status).toBe('ok');
  });
});
