import { expect, inject, test } from 'vitest';
import { signIn } from './client';

const { origin, address } = inject('platform');

test('the icon that browsers ask for by themselves is there, also when a page is exchanged and names none for a moment', async () => {
  const { headers } = await signIn({ origin, address });
  const answer = await fetch(`${origin}/favicon.ico`, { headers });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^image\//);
  // An icon's head: two bytes of zero, kind 1, then how many pictures.
  expect([...new Uint8Array(await answer.arrayBuffer()).slice(0, 5)]).toEqual([0, 0, 1, 0, 3]);
});
