import { parseArguments, printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';
import { requireId } from './show';

const words = { allowed: true, never: false } as const;

export const reuse: Command = {
  summary: 'say whether other calculations may take over the results of one',
  usage: 'usage: brine reuse ID allowed|never [--json]\n\nWhat was taken over already stays where it is.',
  async run(args) {
    const { values, positionals } = parseArguments(args, { json: { type: 'boolean', default: false } });
    const [first, word, ...rest] = positionals;
    if (!isWord(word) || rest.length > 0) throw new CliError(this.usage, 2);
    const id = requireId(first ? [first] : [], this.usage);
    await asking(connect().calculations.setReuse.mutate({ id, isReusable: words[word] }));
    if (values.json) printJson({ id, reuse: word });
    else process.stderr.write(`${word}\n`);
    return 0;
  },
};

const isWord = (word: string | undefined): word is keyof typeof words =>
  word !== undefined && Object.hasOwn(words, word);
