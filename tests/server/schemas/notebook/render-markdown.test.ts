import { expect, test } from 'vitest';
import { renderFormula, renderMarkdown } from '@/server/schemas/notebook/render-markdown';

test('formulas are set in a line and by themselves, and prices are none', () => {
  expect(renderMarkdown('as $x^2$ here')).toContain('class="katex"');
  expect(renderMarkdown('$$\\int x\\,dx$$')).toContain('katex-display');
  expect(renderMarkdown('\\[x\\] and \\(y\\)').match(/class="katex"/g)).toHaveLength(2);
  expect(renderMarkdown('it costs $5 and $6')).not.toContain('katex');
  expect(renderMarkdown('`$x$`')).not.toContain('katex');
});

test('a formula that is wrong shows its source and throws nothing', () => {
  expect(renderFormula('\\frac{1', false)).toContain('\\frac{1');
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[a](javascript:alert(1))',
  '[a](vbscript:x) ![b](data:text/html,<script>1</script>)',
  '<a href="javascript:alert(1)">x</a>',
  '$\\href{javascript:alert(1)}{x}$',
  '$\\htmlData{x=y}{z} \\includegraphics{https://example.org/x.png}$',
])('nothing that runs comes out of %s', (source) => {
  const html = renderMarkdown(source);
  expect(html).not.toMatch(/<(script|iframe|object|form|style)\b/i);
  expect(html).not.toMatch(/<[^>]*\son\w+=/i);
  expect(html).not.toMatch(/(href|src)="(javascript|vbscript|data:text)/i);
  expect(html).not.toContain('src="https://example.org');
});

test('headings begin at the second level, links leave the page by themselves', () => {
  expect(renderMarkdown('# Title')).toContain('<h2>Title</h2>');
  expect(renderMarkdown('[a](https://example.org)')).toContain('rel="noopener noreferrer" target="_blank"');
});

test('an attachment is the picture that the cell brings', () => {
  const html = renderMarkdown('![one](attachment:a%20b.png)', (name) =>
    name === 'a b.png' ? 'data:image/png;base64,AA' : null,
  );
  expect(html).toContain('src="data:image/png;base64,AA"');
});
