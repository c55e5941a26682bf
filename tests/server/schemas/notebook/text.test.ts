import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  applyUpdate,
  editTexts,
  encodeDocument,
  mergeTexts,
  missingFrom,
  setText,
  sourceOf,
  splitText,
} from '@/server/schemas/notebook/text';

const docWith = (texts: Record<string, string>) => {
  const doc = new Y.Doc();
  for (const [id, text] of Object.entries(texts)) setText(doc, id, text);
  return doc;
};
const copyOf = (doc: Y.Doc) => {
  const copy = new Y.Doc();
  applyUpdate(copy, encodeDocument(doc), null);
  return copy;
};

test('a cell is split at a line and merged again', () => {
  const doc = docWith({ a: 'one\ntwo' });
  splitText(doc, 'a', 'b', 4);
  expect([sourceOf(doc, 'a'), sourceOf(doc, 'b')]).toEqual(['one', 'two']);
  mergeTexts(doc, ['a', 'b'], '\n');
  expect(sourceOf(doc, 'a')).toBe('one\ntwo');
});

test('what one types into a cell while another splits it is not lost', () => {
  const [mine, theirs] = [docWith({ a: 'one\ntwo' })].flatMap((doc) => [doc, copyOf(doc)]) as [Y.Doc, Y.Doc];
  const split = editTexts(mine, null, () => splitText(mine, 'a', 'b', 4))!;
  const typed = editTexts(theirs, null, () => setText(theirs, 'a', 'one\ntwo and three'))!;
  applyUpdate(mine, typed, null);
  applyUpdate(theirs, split, null);
  for (const doc of [mine, theirs]) expect(sourceOf(doc, 'a') + sourceOf(doc, 'b')).toContain(' and three');
  expect(sourceOf(mine, 'a')).toBe(sourceOf(theirs, 'a'));
});

test('two that type at random at once end with the same text', () => {
  let seed = 3;
  const random = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % n;
  };
  const first = docWith({ a: 'start' });
  const docs = [first, copyOf(first)];
  const letters = ['', ''];
  for (let round = 0; round < 40; round++) {
    const updates = docs.map((doc, who) =>
      Array.from({ length: 5 }, () => {
        const text = sourceOf(doc, 'a');
        const at = random(text.length + 1);
        const letter = String.fromCharCode(97 + random(26));
        letters[who] += letter;
        return editTexts(doc, null, () => setText(doc, 'a', text.slice(0, at) + letter + text.slice(at)))!;
      }),
    );
    for (const update of updates[1]!) applyUpdate(docs[0]!, update, null);
    for (const update of updates[0]!) applyUpdate(docs[1]!, update, null);
  }
  const [one, two] = docs.map((doc) => sourceOf(doc, 'a'));
  expect(one).toBe(two);
  const sorted = (text: string) => [...text].sort().join('');
  expect(sorted(one!)).toBe(sorted(`start${letters.join('')}`));
});

test('what the other side lacks is told, and nothing where it lacks nothing', () => {
  const mine = docWith({ a: 'x' });
  const whole = encodeDocument(mine);
  expect(missingFrom(mine, whole)).toBeNull();
  setText(mine, 'a', 'xy');
  const other = new Y.Doc();
  applyUpdate(other, whole, null);
  applyUpdate(other, missingFrom(mine, whole)!, null);
  expect(sourceOf(other, 'a')).toBe('xy');
  setText(mine, 'a', '');
  applyUpdate(other, missingFrom(mine, encodeDocument(other))!, null);
  expect(sourceOf(other, 'a')).toBe('');
});
