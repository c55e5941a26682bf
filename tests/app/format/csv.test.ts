import { expect, test } from 'vitest';
import { toCsv } from '@/app/format/csv';

test('CSV quotes what needs it, keeps full precision and leaves absent values empty', () => {
  expect(
    toCsv(
      ['a', 'b,c'],
      [
        [0.1 + 0.2, 'say "x"'],
        [null, 'plain'],
      ],
    ),
  ).toBe('a,"b,c"\r\n0.30000000000000004,"say ""x"""\r\n,plain\r\n');
});
test('CSV disarms text that a spreadsheet would run', () => {
  expect(toCsv(['label'], [['=1+1']])).toBe("label\r\n'=1+1\r\n");
});
