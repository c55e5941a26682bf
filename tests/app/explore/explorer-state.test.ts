import { expect, test } from 'vitest';
import { readState, writeState } from '@/server/schemas/explorer/explorer-state';

test('marked entries stand in the address, whatever their ids, and no more than are compared', () => {
  const picked = ['mp-1', 'a,b', 'x/y&z=1', 'ü'];
  const search = new URLSearchParams(writeState({ ...readState(new URLSearchParams('')), picked }));
  expect(readState(search).picked).toEqual(picked);
  const many = new URLSearchParams(Array.from({ length: 9 }, (_, i) => ['pick', String(i)]));
  expect(readState(many).picked).toHaveLength(6);
  expect(writeState(readState(new URLSearchParams('')))).toBe('');
});
