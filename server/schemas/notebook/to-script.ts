import type { NotebookFile } from './nbformat';

/** How lines of a language begin that are no code, and how its files end. */
const languages: Record<string, { comment: string; extension: string }> = {
  python: { comment: '#', extension: 'py' },
  typescript: { comment: '//', extension: 'ts' },
  javascript: { comment: '//', extension: 'js' },
  julia: { comment: '#', extension: 'jl' },
  r: { comment: '#', extension: 'r' },
};
const PLAIN = { comment: '#', extension: 'txt' };

/** The language that a file says it is in. */
export function languageOfFile({ metadata }: NotebookFile): string {
  const { language_info, kernelspec } = metadata as Record<string, { name?: unknown; language?: unknown } | undefined>;
  const named = language_info?.name ?? kernelspec?.language ?? (kernelspec?.name === 'deno' ? 'typescript' : null);
  return typeof named === 'string' ? named.toLowerCase() : /^python/.test(String(kernelspec?.name)) ? 'python' : '';
}

/** The code of a notebook as a program, its texts as comments; cells begin with `%%`, as editors know it. */
export function toScript(file: NotebookFile): { text: string; extension: string } {
  const { comment, extension } = languages[languageOfFile(file)] ?? PLAIN;
  const commented = (text: string) => text.replace(/^(.*)$/gm, (line) => `${comment} ${line}`.trimEnd());
  const cells = file.cells.map((cell) =>
    cell.cell_type === 'code'
      ? `${comment} %%\n${cell.source}`
      : `${comment} %% [${cell.cell_type}]\n${commented(cell.source)}`,
  );
  return { text: `${cells.map((cell) => cell.replace(/\n+$/, '')).join('\n\n')}\n`, extension };
}
