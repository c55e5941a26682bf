import { expect, test } from 'vitest';
import { parseAnsi } from '@/server/schemas/notebook/ansi';
import { withoutAnsi } from '@/server/schemas/notebook/ansi-sequence';

const looks = (text: string) => parseAnsi(text).map((span) => [span.text, ...span.looks]);

test('colours and weights begin and end where the terminal says', () => {
  expect(looks('a\u001b[31mred \u001b[1mbold\u001b[22;39m plain\u001b[0m')).toEqual([
    ['a'],
    ['red ', 'fg1'],
    ['bold', 'bold', 'fg1'],
    [' plain'],
  ]);
  expect(looks('\u001b[97;44mx\u001b[49my\u001b[mz')).toEqual([['x', 'fg15', 'bg4'], ['y', 'fg15'], ['z']]);
});

test('the colours of the larger palettes are those that are meant', () => {
  expect(parseAnsi('\u001b[38;2;1;2;3mx')[0]).toMatchObject({ color: 'rgb(1, 2, 3)' });
  expect(parseAnsi('\u001b[48;5;196mx')[0]).toMatchObject({ background: 'rgb(255, 0, 0)' });
  expect(parseAnsi('\u001b[38;5;9;1mx')[0]).toMatchObject({ looks: ['bold', 'fg9'] });
  expect(parseAnsi('\u001b[38;5;244mx')[0]).toMatchObject({ color: 'rgb(128, 128, 128)' });
});

test('what moves the cursor, names windows or is broken is left out, and no letter of the text', () => {
  expect(withoutAnsi('\u001b[2K\u001b]0;title\u0007a\u001b[1;5Hb\u001b(Bc')).toBe('abc');
  expect(withoutAnsi('50% [==>] done')).toBe('50% [==>] done');
});
