import type { Commands } from './commands';

export interface Key {
  /** As on the dialog: `Shift Enter`, `D D`. `Mod` is Ctrl, and the command key on a Mac. */
  keys: string;
  what: string;
  run(commands: Commands): void;
}

/** Those that also hold while one types. */
export const everywhereKeys: Key[] = [
  { keys: 'Shift Enter', what: 'Run, and go to the next cell', run: (c) => c.runAndAdvance() },
  { keys: 'Mod Enter', what: 'Run', run: (c) => c.runSelected() },
  { keys: 'Alt Enter', what: 'Run, and insert a cell below', run: (c) => c.runAndInsert() },
  { keys: 'Mod Shift Enter', what: 'Run the stale cells, and what they need', run: (c) => c.runStale() },
];

export const editKeys: Key[] = [
  { keys: 'Escape', what: 'To the keys of the notebook', run: (c) => c.leave() },
  { keys: 'Mod M', what: 'To the keys of the notebook', run: (c) => c.leave() },
  { keys: 'Mod Shift -', what: 'Split the cell at the cursor', run: (c) => c.split() },
];

/** Those of one letter without another key; they can be switched off. */
export const commandKeys: Key[] = [
  { keys: 'Enter', what: 'Edit the cell', run: (c) => c.enter() },
  { keys: 'ArrowUp', what: 'The cell above', run: (c) => c.step(-1) },
  { keys: 'ArrowDown', what: 'The cell below', run: (c) => c.step(1) },
  { keys: 'K', what: 'The cell above', run: (c) => c.step(-1) },
  { keys: 'J', what: 'The cell below', run: (c) => c.step(1) },
  { keys: 'Shift ArrowUp', what: 'Extend the selection up', run: (c) => c.step(-1, true) },
  { keys: 'Shift ArrowDown', what: 'Extend the selection down', run: (c) => c.step(1, true) },
  { keys: 'Shift K', what: 'Extend the selection up', run: (c) => c.step(-1, true) },
  { keys: 'Shift J', what: 'Extend the selection down', run: (c) => c.step(1, true) },
  { keys: 'Mod A', what: 'Select all cells', run: (c) => c.selectAll() },
  { keys: 'Mod ArrowUp', what: 'The first cell', run: (c) => c.edge('first') },
  { keys: 'Mod ArrowDown', what: 'The last cell', run: (c) => c.edge('last') },
  { keys: 'A', what: 'Insert a cell above', run: (c) => c.insertAbove() },
  { keys: 'B', what: 'Insert a cell below', run: (c) => c.insertBelow() },
  { keys: 'D D', what: 'Delete the selected cells', run: (c) => c.delete() },
  { keys: 'X', what: 'Cut', run: (c) => c.cut() },
  { keys: 'C', what: 'Copy', run: (c) => c.copy() },
  { keys: 'V', what: 'Paste below', run: (c) => c.paste() },
  { keys: 'Z', what: 'Undo the last change of cells', run: (c) => c.undo() },
  { keys: 'Shift Z', what: 'Redo it', run: (c) => c.redo() },
  { keys: 'Y', what: 'Make it code', run: (c) => c.setType('code') },
  { keys: 'M', what: 'Make it text', run: (c) => c.setType('markdown') },
  { keys: 'R', what: 'Make it raw', run: (c) => c.setType('raw') },
  ...[1, 2, 3, 4, 5, 6].map((level) => ({
    keys: String(level),
    what: `Make it a heading of level ${level}`,
    run: (c: Commands) => c.setHeading(level),
  })),
  { keys: 'Shift M', what: 'Merge the selected cells', run: (c) => c.merge() },
  { keys: 'Mod Shift ArrowUp', what: 'Move the cell up', run: (c) => c.moveUp() },
  { keys: 'Mod Shift ArrowDown', what: 'Move the cell down', run: (c) => c.moveDown() },
  { keys: 'O', what: 'Hide or show the output', run: (c) => c.toggleOutputs() },
  { keys: 'Mod F', what: 'Find and replace in all cells', run: (c) => c.find() },
  { keys: 'H', what: 'Show all keys', run: (c) => c.showKeys() },
  { keys: 'I I', what: 'Interrupt the kernel', run: (c) => c.interrupt() },
  { keys: '0 0', what: 'Restart the kernel', run: (c) => c.restart() },
];

/** Whether a key that another one must precede: `D D`. */
const isPair = (keys: string) => /^(\S) \1$/.test(keys);
export const isSingle = (keys: string) => /^(Shift )?\S$/.test(keys) || isPair(keys);

interface Pressed {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** `Mod Shift -` of what was pressed. */
export function nameOfPress({ key, code, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string {
  const base = code === 'Minus' ? '-' : key.length === 1 ? key.toUpperCase() : key;
  const modifiers = [ctrlKey || metaKey ? 'Mod' : '', altKey ? 'Alt' : '', shiftKey ? 'Shift' : ''].filter(Boolean);
  return [...modifiers, base].join(' ');
}

const PAIR_MS = 800;

/** Finds what a press means; remembers the first of a pair. */
export class KeyReader {
  private first: { name: string; at: number } | null = null;

  read(pressed: Pressed, keys: readonly Key[], now: number): Key | null {
    const name = nameOfPress(pressed);
    const before = this.first && now - this.first.at < PAIR_MS ? this.first.name : null;
    this.first = null;
    const pair = keys.find((key) => key.keys === `${before} ${name}`);
    if (pair) return pair;
    if (keys.some((key) => isPair(key.keys) && key.keys.startsWith(`${name} `))) this.first = { name, at: now };
    return keys.find((key) => key.keys === name) ?? null;
  }
}
