/** What tells a terminal how to show the text after it, or where to go: nothing of it is text. The first group are the numbers, the second the letter that says what it is. */
export const ansiSequence =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what begins and ends such a sequence.
  /\u001b(?:\[([0-9;:]*)([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()][A-Z0-9]|[@-Z\\^_=>78])/g;

/** The text without its looks. */
export const withoutAnsi = (text: string): string => text.replace(ansiSequence, '');
