import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { AppError } from '@/server/errors';
import { readInThread } from '@/server/services/notebooks/thread/in-thread';

const file = (cells: unknown, rest: object = {}) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells, ...rest });
const cell = (source: unknown, metadata: unknown = {}) => ({ cell_type: 'markdown', metadata, source });

/** What it gives, or the refusal; and for how long the event loop stood still meanwhile, ms. */
async function read(text: string, deadlineMs?: number) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const found = await readInThread(text, deadlineMs).catch((err: unknown) => err);
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.disable();
  return { found, stillMs: delay.max / 1e6 };
}

const SIZE = 14_000_000;
const hostile: Record<string, string> = {
  'brackets alone': '['.repeat(SIZE),
  'brackets in metadata': file([cell('', {})]).replace(
    '"metadata":{}',
    `"metadata":{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}`,
  ),
  'a million broken cells': file(Array.from({ length: 1_000_000 }, () => 0)),
  'too many cells': file(Array.from({ length: 200_000 }, () => cell('a'))),
  'a million lines that are no text': file([cell(Array.from({ length: 1_000_000 }, () => 1))]),
  'a million keys': file([cell('', Object.fromEntries(Array.from({ length: 600_000 }, (_, i) => [`k${i}`, i])))]),
  'one long text': file([cell('x'.repeat(SIZE))]),
  'the keys of every object': file([cell('a')]).replace(
    '"metadata":{}',
    '"metadata":{"__proto__":{"polluted":1},"constructor":{}}',
  ),
  'numbers without end': file([cell('', { a: 0 })]).replace('"a":0', `"a":1${'0'.repeat(1_000_000)}`),
  'no JSON': '{"nbformat": 4, "cells": [',
  nothing: '',
};

test.each(Object.entries(hostile))(
  '%s: read or refused with a sentence, and the web answers meanwhile',
  async (_, text) => {
    const { found, stillMs } = await read(text);
    if (found instanceof Error) {
      expect(found).toBeInstanceOf(AppError);
      expect(['unsupported-format', 'too-large']).toContain((found as AppError).code);
      expect((found as AppError).userMessage.length).toBeGreaterThan(20);
      expect((found as AppError).userMessage.length).toBeLessThan(600);
    } else expect((found as { state: { order: string[] } }).state.order.length).toBeGreaterThan(0);
    expect(stillMs).toBeLessThan(2_000);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  },
  60_000,
);

test('what takes too long is ended', async () => {
  const { found } = await read(file([cell('a')]), 1);
  expect(found).toMatchObject({ code: 'too-large' });
});

test('made-up and broken files are read or refused, none is a fault of ours', async () => {
  let seed = 11;
  const random = (n: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % n;
  };
  const whole = file([
    {
      cell_type: 'code',
      metadata: { a: [1] },
      source: ['a\n', 'b'],
      execution_count: 1,
      outputs: [{ output_type: 'stream', name: 'stdout', text: 'x' }],
    },
    cell('# T'),
  ]);
  const pieces = ['null', '[]', '{}', '-1', '"x"', '1e999', 'true', '"\\ud800"', '"\\u0000"', '[[', '}', '"cells"'];
  for (let round = 0; round < 60; round++) {
    const at = random(whole.length);
    const text = whole.slice(0, at) + pieces[random(pieces.length)] + whole.slice(at + random(12));
    const { found } = await read(text);
    if (found instanceof Error) expect((found as AppError).code, text).toBe('unsupported-format');
  }
}, 120_000);
