import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { guideTitles, slugOf } from '@/app/help/guide-ids';
import { parseGuide, parseSpans } from '@/app/help/parse-guide';

describe('the Markdown of the guides', () => {
  test('headings, paragraphs over several lines, lists with continuations, tables and code', () => {
    const text = ['# A', 'one', 'two', '', '1. first', '   goes on', '2. second', '', '| a | b |', '| --- | --- |'];
    expect(parseGuide([...text, '| 1 | `x` |', '```json', '{}', '# not a heading', '```'].join('\n'))).toEqual([
      { kind: 'heading', level: 1, text: 'A' },
      { kind: 'paragraph', spans: [{ text: 'one two' }] },
      { kind: 'list', isOrdered: true, items: [[{ text: 'first goes on' }], [{ text: 'second' }]] },
      {
        kind: 'table',
        header: [[{ text: 'a' }], [{ text: 'b' }]],
        rows: [[[{ text: '1' }], [{ text: 'x', look: 'code' }]]],
      },
      { kind: 'code', text: '{}\n# not a heading' },
    ]);
  });

  test('bold, italics, code and links within a line; a lone star is a star', () => {
    expect(parseSpans('**a** *b* `c*d` [e](f.md) 2 * 3')).toEqual([
      { text: 'a', look: 'strong' },
      { text: ' ' },
      { text: 'b', look: 'em' },
      { text: ' ' },
      { text: 'c*d', look: 'code' },
      { text: ' ' },
      { text: 'e', href: 'f.md' },
      { text: ' 2 * 3' },
    ]);
  });

  test('ends for whatever it is given', () => {
    for (const text of ['', '```', '|', '- ', '#', '   ', '####', '1.']) expect(parseGuide(text)).toBeInstanceOf(Array);
  });
});

describe('every guide that is linked', () => {
  test.each(Object.keys(guideTitles))(
    '%s is there, under the title that the list gives, and nothing is left raw',
    (id) => {
      const blocks = parseGuide(readFileSync(`docs/${id}.md`, 'utf8'));
      expect(blocks[0]).toMatchObject({ kind: 'heading', level: 1 });
      const prose = JSON.stringify(blocks.filter(({ kind }) => kind !== 'code'));
      expect(prose).not.toMatch(/\*\*|```|\]\(/);
    },
  );

  test('and every section that a page links to', () => {
    const sources = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
    const links = sources.flatMap((name) =>
      [...readFileSync(`app/${name}`, 'utf8').matchAll(/guide="([\w-]+)"\s+section="([\w-]+)"/g)].map(
        ([, guide, section]) => `${guide}#${section}`,
      ),
    );
    expect(links.length).toBeGreaterThan(3);
    const known = Object.keys(guideTitles).flatMap((id) =>
      parseGuide(readFileSync(`docs/${id}.md`, 'utf8')).flatMap((block) =>
        block.kind === 'heading' ? [`${id}#${slugOf(block.text)}`] : [],
      ),
    );
    expect(links.filter((link) => !known.includes(link))).toEqual([]);
  });
});
