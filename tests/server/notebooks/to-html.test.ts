import { describe, expect, test } from 'vitest';
import { type NotebookFile, notebookFileSchema } from '@/server/schemas/notebook/nbformat';
import { toHtml } from '@/server/services/notebooks/html/to-html';

const notebook = (cells: unknown[], metadata: object = { kernelspec: { name: 'deno' } }): NotebookFile =>
  notebookFileSchema.parse({ nbformat: 4, nbformat_minor: 5, metadata, cells });
const code = (source: string, outputs: unknown[] = []) => ({
  ...{ cell_type: 'code', id: 'c', metadata: {}, source, outputs, execution_count: 3 },
});
const data = (bundle: object) => ({ output_type: 'display_data', data: bundle, metadata: {} });
const write = (...cells: unknown[]) => toHtml(notebook(cells), { title: 'A & B', readPlotly: () => 'PLOTLY' });

describe('a notebook as a page', () => {
  test('has its title, code in colours, formulas, what was printed in its colours, and errors', () => {
    const html = write(
      { cell_type: 'markdown', id: 'm', metadata: {}, source: '# Bands\n\nof $E_k$' },
      code('const gap = "1 < 2"; // note', [
        { output_type: 'stream', name: 'stdout', text: 'x < y\n\u001b[31mred\u001b[0m' },
        { output_type: 'error', ename: 'RangeError', evalue: 'too far', traceback: [] },
      ]),
    );
    expect(html).toContain('<title>A &amp; B</title>');
    expect(html).toContain('<h2>Bands</h2>');
    expect(html).toContain('<math');
    expect(html).toContain('<span class="tok-keyword">const</span>');
    expect(html).toContain('<span class="tok-string">&quot;1 &lt; 2&quot;</span>');
    expect(html).toContain('<span class="tok-comment">// note</span>');
    expect(html).toContain('x &lt; y\n<span class="fg1">red</span>');
    expect(html).toContain('<pre class="error">RangeError: too far</pre>');
    expect(html).toContain('<span class="count">[3]</span>');
  });

  test('is Python in colours, and plain where the language is not known', () => {
    const of = (metadata: object) =>
      toHtml(notebook([code('def f(): pass')], metadata), { title: '', readPlotly: () => '' });
    expect(of({ kernelspec: { name: 'python3' } })).toContain('<span class="tok-keyword">def</span>');
    expect(of({ language_info: { name: 'fortran' } })).toContain('<code>def f(): pass</code>');
  });

  test('brings the code of Plotly only for a figure, whose text ends no script', () => {
    const figure = { data: [{ type: 'scatter', name: '</script><script>bad()</script>', y: [1, 2] }], layout: {} };
    const html = write(code('plot', [data({ 'application/vnd.plotly.v1+json': figure, 'text/plain': 'Figure' })]));
    expect(html).toContain('<script>PLOTLY</script>');
    expect(html).not.toContain('<script>bad()');
    const [, json] = /<script type="application\/json">(.*?)<\/script>/.exec(html)!;
    expect(JSON.parse(json!)).toEqual(figure);
    expect(write(code('1'))).not.toContain('PLOTLY');
  });

  test('HTML and drawings stand in frames of no origin; a source, a name or a picture leaves its place nowhere', () => {
    const hostile = '"><script>bad()</script><img src=x onerror=bad()>';
    const html = write(
      code(hostile, [
        data({ 'text/html': hostile }),
        data({ 'image/svg+xml': `<svg onload="bad()">${hostile}</svg>` }),
        data({ 'image/png': `AAAA${hostile}`, 'text/plain': hostile }),
        data({ 'text/plain': hostile }),
        data({ 'application/json': { a: hostile } }),
        data({ [hostile]: 'x' }),
        { output_type: 'stream', name: hostile, text: hostile },
        { output_type: 'error', ename: hostile, evalue: hostile, traceback: [`\u001b[38;2;1;2;3m${hostile}`] },
      ]),
      { cell_type: 'raw', id: 'r', metadata: {}, source: hostile },
      { cell_type: 'markdown', id: 'm', metadata: {}, source: `${hostile} [x](javascript:bad()) ![y](attachment:y)` },
    );
    const outside = html.replace(/srcdoc="[^"]*"/g, '');
    expect(outside).not.toMatch(/<script>bad|<img src=x|href="javascript/);
    expect(html.match(/<iframe title="Output" sandbox="allow-scripts"/g)).toHaveLength(2);
    // Only the two scripts of ours are let run, in the frames too.
    expect(/script-src ([^;]*);/.exec(html)![1]!.split(' ')).toHaveLength(2);
  });
});
