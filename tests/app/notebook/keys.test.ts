import { expect, test } from 'vitest';
import { commandKeys, editKeys, everywhereKeys, isSingle, KeyReader, nameOfPress } from '@/app/notebook/keys';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
  code = '',
) => ({
  ...{ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...held,
});

test('a press has one name on every keyboard', () => {
  expect(nameOfPress(press('a'))).toBe('A');
  expect(nameOfPress(press('Enter', { shiftKey: true }))).toBe('Shift Enter');
  expect(nameOfPress(press('Enter', { metaKey: true }))).toBe('Mod Enter');
  expect(nameOfPress(press('_', { ctrlKey: true, shiftKey: true }, 'Minus'))).toBe('Mod Shift -');
});

test('a pair counts only when it is quick, and nothing comes between', () => {
  const reader = new KeyReader();
  const read = (key: string, at: number) => reader.read(press(key), commandKeys, at)?.what ?? null;
  expect(read('d', 0)).toBeNull();
  expect(read('d', 300)).toBe('Delete the selected cells');
  expect(read('d', 2000)).toBeNull();
  expect(read('d', 4000)).toBeNull();
  expect(read('b', 4100)).toBe('Insert a cell below');
  expect(read('d', 4200)).toBeNull();
});

test('no key means two things', () => {
  for (const keys of [
    [...everywhereKeys, ...commandKeys],
    [...everywhereKeys, ...editKeys],
  ]) {
    const names = keys.map((key) => key.keys);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('what the switch turns off are the keys of one letter', () => {
  expect(['A', 'D D', 'Shift M', '1', '0 0'].every(isSingle)).toBe(true);
  expect(['Enter', 'Mod Enter', 'ArrowUp', 'Shift ArrowUp', 'Mod Shift -'].some(isSingle)).toBe(false);
});
