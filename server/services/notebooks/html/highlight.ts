import type { Parser } from '@lezer/common';
import { classHighlighter, highlightCode as walk } from '@lezer/highlight';
import { parser as javascript } from '@lezer/javascript';
import { parser as python } from '@lezer/python';
import { parseTree } from '@/server/runtime/names/syntax';
import { escapeHtml } from './escape';

const parsers: Record<string, Parser> = {
  typescript: javascript.configure({ dialect: 'ts' }),
  javascript,
  python,
};

/** Code as HTML, its words in classes (`tok-keyword`, `tok-string`, ...); without them where the language is not known, or the text takes too long to read. */
export function highlightCode(code: string, language: string): string {
  const parser = parsers[language];
  const tree = parser ? parseTree(parser, code) : null;
  if (!tree) return escapeHtml(code);
  let html = '';
  walk(
    code,
    tree,
    classHighlighter,
    (text, classes) => {
      html += classes ? `<span class="${escapeHtml(classes)}">${escapeHtml(text)}</span>` : escapeHtml(text);
    },
    () => {
      html += '\n';
    },
  );
  return html;
}
