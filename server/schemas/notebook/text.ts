import * as Y from 'yjs';

/** The text of a cell: a root type of the document under the cell's id, so that two tabs that make it make one. */
export const textOf = (doc: Y.Doc, cellId: string): Y.Text => doc.getText(cellId);

export const sourceOf = (doc: Y.Doc, cellId: string): string => textOf(doc, cellId).toString();

/** Changes texts and gives what was changed, for others to apply; null where nothing was. */
export function editTexts(doc: Y.Doc, origin: unknown, edit: () => void): string | null {
  const updates: Uint8Array[] = [];
  const listen = (update: Uint8Array) => updates.push(update);
  doc.on('update', listen);
  doc.transact(edit, origin);
  doc.off('update', listen);
  return updates.length === 0 ? null : toBase64(Y.mergeUpdates(updates));
}

export const applyUpdate = (doc: Y.Doc, update: string, origin: unknown): void =>
  Y.applyUpdate(doc, fromBase64(update), origin);

/** Moves what stands from `at` on into another cell; a line break at the cut goes. */
export function splitText(doc: Y.Doc, cellId: string, newId: string, at: number): void {
  const text = textOf(doc, cellId);
  const rest = text.toString().slice(at);
  const before = text.toString().slice(0, at);
  const kept = before.replace(/\n$/, '');
  text.delete(kept.length, before.length - kept.length + rest.length);
  textOf(doc, newId).insert(0, rest.replace(/^\n/, ''));
}

/** Puts the texts of the others behind that of the first. Theirs stay as they are, for an undo. */
export function mergeTexts(doc: Y.Doc, cellIds: readonly string[], joint = '\n\n'): void {
  const [first, ...others] = cellIds as [string, ...string[]];
  const text = textOf(doc, first);
  for (const other of others) text.insert(text.length, joint + sourceOf(doc, other));
}

/** Makes the text what is given by the smallest change of one run of characters, so that what others type elsewhere stays. */
export function setText(doc: Y.Doc, cellId: string, wanted: string): void {
  const text = textOf(doc, cellId);
  const found = text.toString();
  let start = 0;
  while (start < found.length && start < wanted.length && found[start] === wanted[start]) start++;
  let end = 0;
  const room = Math.min(found.length, wanted.length) - start;
  while (end < room && found[found.length - 1 - end] === wanted[wanted.length - 1 - end]) end++;
  if (found.length - start - end > 0) text.delete(start, found.length - start - end);
  if (wanted.length - start - end > 0) text.insert(start, wanted.slice(start, wanted.length - end));
}

export const encodeDocument = (doc: Y.Doc): string => toBase64(Y.encodeStateAsUpdate(doc));

/** What a document has that another, by its whole content, lacks; null: nothing. */
export function missingFrom(doc: Y.Doc, whole: string): string | null {
  const other = new Y.Doc();
  applyUpdate(other, whole, null);
  const missing = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other));
  const before = Y.encodeStateAsUpdate(other);
  Y.applyUpdate(other, missing);
  const after = Y.encodeStateAsUpdate(other);
  other.destroy();
  return areEqual(before, after) ? null : toBase64(missing);
}

const areEqual = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

export const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
