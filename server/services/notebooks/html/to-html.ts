import { parseAnsi } from '@/server/schemas/notebook/ansi';
import { frameScript } from '@/server/schemas/notebook/frame-script';
import type { FileCell, FileOutput, NotebookFile } from '@/server/schemas/notebook/nbformat';
import { shownText } from '@/server/schemas/notebook/outputs';
import { renderLatex, renderMarkdown } from '@/server/schemas/notebook/render-markdown';
import { pictureOf } from '@/server/schemas/notebook/to-markdown';
import { languageOfFile } from '@/server/schemas/notebook/to-script';
import { escapeHtml } from './escape';
import { highlightCode } from './highlight';
import { htmlPage } from './page';

interface Options {
  title: string;
  /** Reads the code of Plotly; asked for only where a figure is to be drawn. */
  readPlotly: () => string;
}

type Data = Extract<FileOutput, { data: unknown }>['data'];

const PLOTLY = 'application/vnd.plotly.v1+json';

/** The notebook as one page that needs nothing beside it: code in colours, formulas, figures that can be turned and read, pictures. No code of an output runs in it. */
export function toHtml(file: NotebookFile, { title, readPlotly }: Options): string {
  const language = languageOfFile(file);
  const body = file.cells.map((cell) => cellHtml(cell, language)).join('\n');
  const hasFigure = file.cells.some(
    (cell) => cell.cell_type === 'code' && cell.outputs.some((output) => 'data' in output && isFigure(output.data)),
  );
  return htmlPage({ title, body, plotly: hasFigure ? readPlotly() : null });
}

function cellHtml(cell: FileCell, language: string): string {
  if (cell.cell_type === 'markdown') {
    const attachments = cell.attachments ?? {};
    return `<section class="cell">${markdown(cell.source, (name) => pictureOf(attachments[name] ?? {}))}</section>`;
  }
  if (cell.cell_type === 'raw')
    return `<section class="cell"><pre class="source">${escapeHtml(cell.source)}</pre></section>`;
  const count = cell.execution_count === null ? '' : `<span class="count">[${cell.execution_count}]</span>`;
  const source =
    cell.source.trim() === ''
      ? ''
      : `<pre class="source">${count}<code>${highlightCode(cell.source, language)}</code></pre>`;
  const outputs = cell.outputs.map(outputHtml).join('\n');
  return `<section class="cell">${source}${outputs === '' ? '' : `\n<div class="outputs">${outputs}</div>`}</section>`;
}

function outputHtml(output: FileOutput): string {
  switch (output.output_type) {
    case 'stream':
      return `<pre class="${output.name === 'stderr' ? 'stderr' : 'stdout'}">${ansi(shownText(output.text))}</pre>`;
    case 'error':
      return `<pre class="error">${ansi(output.traceback.join('\n') || `${output.ename}: ${output.evalue}`)}</pre>`;
    default:
      return dataHtml(output.data);
  }
}

/** The richest form that a file without a kernel can show. */
function dataHtml(data: Data): string {
  const picture = pictureOf(data);
  const text = (type: string) => (data[type] === undefined ? null : String(data[type]));
  if (isFigure(data))
    return `<div class="plot" data-figure><script type="application/json">${jsonInScript(data[PLOTLY])}</script></div>`;
  const framed = text('text/html') ?? text('image/svg+xml');
  if (framed !== null) return frame(framed);
  if (picture)
    return `<img src="${escapeHtml(picture)}" alt="${escapeHtml((text('text/plain') ?? 'Picture').slice(0, 300))}">`;
  const tex = text('text/latex');
  if (tex !== null) return renderLatex(tex, 'mathml');
  const written = text('text/markdown');
  if (written !== null) return `<div>${markdown(written)}</div>`;
  const plain = text('text/plain');
  if (plain !== null) return `<pre>${ansi(plain)}</pre>`;
  if (data['application/json'] !== undefined)
    return `<pre>${escapeHtml(JSON.stringify(data['application/json'], null, 2))}</pre>`;
  return `<p class="note">An output that this file cannot show: ${escapeHtml(Object.keys(data).join(', ') || 'empty')}.</p>`;
}

const isFigure = (data: Data) => typeof data[PLOTLY] === 'object' && data[PLOTLY] !== null;

const markdown = (source: string, attachmentOf: (name: string) => string | null = () => null) =>
  renderMarkdown(source, attachmentOf, 'mathml');

/** In a frame of no origin, whose only script is ours: the page's policy holds in it too. */
function frame(html: string): string {
  const style =
    'html{color-scheme:light dark}body{margin:0;padding:2px;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}table{border-collapse:collapse;font-size:13px}th,td{padding:4px 10px;text-align:right;border-bottom:1px solid #8886}img,svg{max-width:100%;height:auto}';
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Output</title><style>${style}</style><script>${frameScript}</script></head><body>${html}</body></html>`;
  return `<iframe title="Output" sandbox="allow-scripts" srcdoc="${escapeHtml(page)}"></iframe>`;
}

function ansi(text: string): string {
  return parseAnsi(text)
    .map(({ text: piece, looks, color, background }) => {
      if (looks.length === 0 && !color && !background) return escapeHtml(piece);
      const style = [...(color ? [`color:${color}`] : []), ...(background ? [`background:${background}`] : [])].join(
        ';',
      );
      return `<span class="${escapeHtml(looks.join(' '))}"${style ? ` style="${escapeHtml(style)}"` : ''}>${escapeHtml(piece)}</span>`;
    })
    .join('');
}

/** Nothing in it ends the script that it stands in. */
const jsonInScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
