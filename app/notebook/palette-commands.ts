import type { PageCommand } from '../shell/page-commands';
import type { Commands } from './commands';
import { commandKeys, everywhereKeys } from './keys';

/** Going about is quicker by its keys than by a list. */
const isGoing = (keys: string) => /^(Enter|(Shift )?(Arrow(Up|Down)|[JK])|Mod (A|Arrow(Up|Down)))$/.test(keys);

const others: { title: string; run(commands: Commands): void }[] = [
  { title: 'Run all cells', run: (c) => c.runAll() },
  { title: 'Run all above the active cell', run: (c) => c.runAbove() },
  { title: 'Run the active cell and all below', run: (c) => c.runBelow() },
  { title: 'Split the cell at the cursor', run: (c) => c.split() },
  { title: 'Clear all outputs', run: (c) => c.clearOutputs(null) },
  { title: 'End the kernel', run: (c) => c.shutdown() },
];

/** What Ctrl K offers beside a notebook: all that its keys do, and what has none. */
export const paletteCommands = (commands: Commands): PageCommand[] => [
  ...[...everywhereKeys, ...commandKeys]
    .filter(({ keys }) => !isGoing(keys))
    .map(({ keys, what, run }) => ({ title: what, keys, run: () => run(commands) })),
  ...others.map(({ title, run }) => ({ title, run: () => run(commands) })),
];
