/**
 * One word of a command for sh, whatever it holds: within single quotes nothing means anything, and a single quote itself
 * closes them, stands escaped, and opens them again. @throws Error for a zero byte, which no argument can hold.
 */
export function quote(word: string): string {
  if (word.includes('\0')) throw new Error('an argument cannot hold a zero byte');
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The only way in which a command line is made: each word quoted. */
export const commandLine = (words: readonly string[]): string => words.map(quote).join(' ');
