import { withoutAnsi } from './ansi-sequence';
import type { FileCell, FileOutput, NotebookFile } from './nbformat';
import { shownText } from './outputs';
import { languageOfFile } from './to-script';

/** The notebook as one text of Markdown: code and what it gave between fences, pictures in place. */
export function toMarkdown(file: NotebookFile): string {
  const language = languageOfFile(file);
  const parts = file.cells.flatMap((cell) => cellParts(cell, language)).filter((part) => part.trim() !== '');
  return `${parts.map((part) => part.replace(/\n+$/, '')).join('\n\n')}\n`;
}

function cellParts(cell: FileCell, language: string): string[] {
  if (cell.cell_type === 'markdown') return [withAttachments(cell.source, cell.attachments ?? {})];
  if (cell.cell_type === 'raw') return [cell.source];
  return [fenced(cell.source, language), ...cell.outputs.map(outputPart)];
}

/** Pictures that the cell brings, in place of their names. */
function withAttachments(source: string, attachments: Record<string, Record<string, unknown>>): string {
  return source.replace(/\]\(attachment:([^)\s]+)\)/g, (whole, name: string) => {
    const picture = pictureOf(attachments[decodeURIComponent(name)] ?? {});
    return picture ? `](${picture})` : whole;
  });
}

function outputPart(output: FileOutput): string {
  switch (output.output_type) {
    case 'stream':
      return fenced(withoutAnsi(shownText(output.text)));
    case 'error':
      return fenced(withoutAnsi(output.traceback.join('\n')) || `${output.ename}: ${output.evalue}`);
    default: {
      const { data } = output;
      const picture = pictureOf(data);
      if (picture) return `![Output](${picture})`;
      if (data['text/markdown'] !== undefined) return String(data['text/markdown']);
      if (data['text/latex'] !== undefined) return String(data['text/latex']);
      return data['text/plain'] === undefined ? '' : fenced(withoutAnsi(String(data['text/plain'])));
    }
  }
}

/** The first picture of a bundle as an address that holds it. */
export function pictureOf(data: Record<string, unknown>): string | null {
  const type = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'].find((one) => data[one] !== undefined);
  return type ? `data:${type};base64,${String(data[type]).replace(/\s+/g, '')}` : null;
}

/** Between fences that are longer than any within. */
function fenced(text: string, language = ''): string {
  if (text.trim() === '') return '';
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n+$/, '')}\n${fence}`;
}
