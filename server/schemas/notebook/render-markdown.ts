import katex from 'katex';
import MarkdownIt from 'markdown-it';

/** HTML of the markdown's own is shown as text, links lead only where links may, and formulas run nothing: what comes out can stand in the page. */
export function renderMarkdown(
  source: string,
  attachmentOf: (name: string) => string | null = () => null,
  formulas: FormulaOutput = 'htmlAndMathml',
): string {
  return markdown.render(source, { attachmentOf, formulas });
}

/** HTML needs KaTeX's style sheet and fonts, MathML nothing. */
export type FormulaOutput = 'htmlAndMathml' | 'mathml';

/** A formula of TeX as HTML. */
export const renderFormula = (tex: string, displayMode: boolean, output: FormulaOutput = 'htmlAndMathml'): string =>
  katex.renderToString(tex, {
    ...{ displayMode, output },
    throwOnError: false,
    trust: false,
    strict: 'ignore',
    maxSize: 50,
    maxExpand: 500,
  });

/** An output of LaTeX, with or without the signs around a formula. */
export function renderLatex(text: string, output?: FormulaOutput): string {
  const tex = text
    .trim()
    .replace(/^\$\$?([\s\S]*?)\$?\$$/, '$1')
    .replace(/^\\\[|\\\]$/g, '');
  return renderFormula(tex, true, output);
}

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: false });

markdown.inline.ruler.before('escape', 'formula', (state, isSilent) => {
  const found = /^(\$\$([\s\S]+?)\$\$|\$((?:[^$\\\n]|\\.)+?)\$(?!\d)|\\\(([\s\S]+?)\\\)|\\\[([\s\S]+?)\\\])/.exec(
    state.src.slice(state.pos),
  );
  if (!found) return false;
  const [whole, , display, inline, round, square] = found;
  if (inline !== undefined && (/^\s/.test(inline) || /\s$/.test(inline))) return false;
  if (!isSilent) {
    const token = state.push('formula', '', 0);
    token.content = (display ?? inline ?? round ?? square)!;
    token.meta = { isDisplay: (display ?? square) !== undefined };
  }
  state.pos += whole.length;
  return true;
});

markdown.renderer.rules['formula'] = (tokens, i, _, env) => {
  const { isDisplay } = tokens[i]!.meta as { isDisplay: boolean };
  return renderFormula(tokens[i]!.content, isDisplay, (env as { formulas: FormulaOutput }).formulas);
};

/** The page has the heading of the first level. */
for (const rule of ['heading_open', 'heading_close'])
  markdown.renderer.rules[rule] = (tokens, i, options, _, self) => {
    const token = tokens[i]!;
    token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 1)}`;
    return self.renderToken(tokens, i, options);
  };

const { image, link_open } = markdown.renderer.rules;
markdown.renderer.rules['image'] = (tokens, i, options, env, self) => {
  const source = String(tokens[i]!.attrGet('src'));
  const name = /^attachment:(.*)$/.exec(source)?.[1];
  if (name !== undefined)
    tokens[i]!.attrSet(
      'src',
      (env as { attachmentOf(name: string): string | null }).attachmentOf(decodeURIComponent(name)) ?? '',
    );
  return image!(tokens, i, options, env, self);
};
markdown.renderer.rules['link_open'] = (tokens, i, options, env, self) => {
  tokens[i]!.attrSet('rel', 'noopener noreferrer');
  if (!String(tokens[i]!.attrGet('href')).startsWith('#')) tokens[i]!.attrSet('target', '_blank');
  return link_open ? link_open(tokens, i, options, env, self) : self.renderToken(tokens, i, options);
};
/** Attachments, beside what a link may be by itself. */
const { validateLink } = markdown;
markdown.validateLink = (url: string) => /^attachment:/.test(url) || validateLink.call(markdown, url);

/** A table that is wider than the page scrolls by itself. */
markdown.renderer.rules['table_open'] = () => '<div class="table-scroll"><table>\n';
markdown.renderer.rules['table_close'] = () => '</table></div>\n';
