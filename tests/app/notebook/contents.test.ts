import { expect, test } from 'vitest';
import { headingsOf } from '@/app/notebook/contents';

test('headings are found with their levels and without their marks, those in code are not', () => {
  const source =
    '# One *thing*\n\n```\n# no heading\n```\n\n### [Two](x) ##\n#three\n~~~~\n# no\n~~~\n# no\n~~~~\n## Last';
  expect(headingsOf('a', source).map(({ level, text }) => `${level} ${text}`)).toEqual([
    '1 One thing',
    '3 Two',
    '2 Last',
  ]);
});
