/** Cell magics whose rest is Python all the same. */
const pythonMagics = /^%%(time|timeit|capture|prun)\b/;

/** The text without what only IPython understands: `%magic`, `!command`, `name?`. null: the whole cell is in another language. */
export function withoutMagics(text: string): string | null {
  const first = /^\s*(%%\w+)/.exec(text)?.[1];
  if (first !== undefined && !pythonMagics.test(first)) return null;
  if (!/[%!?]/.test(text)) return text;
  return text
    .split('\n')
    .map((line) => {
      if (/^\s*(?:%{1,2}[A-Za-z]|!|\?)/.test(line)) return `${/^\s*/.exec(line)![0]}pass`;
      const assigned = /^(\s*[\w, ]+=\s*)(?:%[A-Za-z]|!)/.exec(line)?.[1];
      if (assigned !== undefined) return `${assigned}None`;
      return line.replace(/^(\s*[\w.]+)\?{1,2}\s*$/, '$1');
    })
    .join('\n');
}
