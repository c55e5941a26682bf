import { expect, test } from 'vitest';
import { toCodePoints, toUtf16 } from '@/server/runtime/jupyter/code-points';
import { pack, unpack } from '@/server/runtime/jupyter/wire';

const message = {
  type: 'stream',
  session: 's',
  id: 'one',
  content: { text: 'Å𝒜' },
  parent: { msg_id: 'parent' },
  buffers: [Uint8Array.of(0, 255)],
};
const framesOf = (key: string, more = {}) => pack(key, { ...message, ...more }).map((frame) => Buffer.from(frame));

test('a message comes out as it went in, with its buffers', () => {
  expect(unpack('key', [Buffer.from('kernel.topic'), ...framesOf('key')])).toMatchObject({
    ...{ id: 'one', type: 'stream', parentId: 'parent', content: { text: 'Å𝒜' }, metadata: {} },
    buffers: [Buffer.from([0, 255])],
  });
});

test('what was signed with another key, or changed on its way, is no message', () => {
  expect(unpack('key', framesOf('another'))).toBeNull();
  for (const at of [1, 2, 3, 4, 5]) {
    const frames = framesOf('key');
    frames[at]![0]! ^= 1;
    expect(unpack('key', frames), `frame ${at}`).toBeNull();
  }
  expect(unpack('key', framesOf('key').slice(0, 5))).toBeNull();
  expect(unpack('key', [])).toBeNull();
});

test('signed nonsense is no message either', () => {
  expect(unpack('key', framesOf('key', { content: 'text' as never }))).toBeNull();
  expect(unpack('key', framesOf('key', { parent: { msg_id: 7 } }))).toBeNull();
});

test('cursors count code points on the wire and UTF-16 units here', () => {
  const text = 'α𝒜b𝒜';
  expect([0, 1, 3, 4, 6].map((offset) => toCodePoints(text, offset))).toEqual([0, 1, 2, 3, 4]);
  expect([0, 1, 2, 3, 4, 9].map((count) => toUtf16(text, count))).toEqual([0, 1, 3, 4, 6, 6]);
});
