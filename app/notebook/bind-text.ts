import type { editor } from 'monaco-editor/editor/editor.api.js';
import type * as Y from 'yjs';
import { TYPED } from './notebook-client';

/** Keeps the text of an editor and the shared one the same, whoever types. Gives what ends it. */
export function bindText(text: Y.Text, model: editor.ITextModel): () => void {
  let isApplying = false;
  const typing = model.onDidChangeContent(({ changes }) => {
    if (isApplying) return;
    text.doc!.transact(() => {
      for (const { rangeOffset, rangeLength, text: added } of [...changes].sort(
        (a, b) => b.rangeOffset - a.rangeOffset,
      )) {
        if (rangeLength > 0) text.delete(rangeOffset, Math.min(rangeLength, text.length - rangeOffset));
        if (added !== '') text.insert(Math.min(rangeOffset, text.length), added.replaceAll('\r\n', '\n'));
      }
    }, TYPED);
  });
  const observe = (event: Y.YTextEvent, transaction: Y.Transaction) => {
    if (transaction.origin === TYPED) return;
    isApplying = true;
    let at = 0;
    for (const { retain = 0, delete: deleted = 0, insert = '' } of event.delta) {
      at += retain;
      if (deleted === 0 && insert === '') continue;
      const [from, to] = [model.getPositionAt(at), model.getPositionAt(at + deleted)];
      const range = {
        ...{ startLineNumber: from.lineNumber, startColumn: from.column },
        ...{ endLineNumber: to.lineNumber, endColumn: to.column },
      };
      model.applyEdits([{ range, text: String(insert), forceMoveMarkers: true }]);
      at += String(insert).length;
    }
    if (model.getValue() !== text.toString()) model.setValue(text.toString());
    isApplying = false;
  };
  text.observe(observe);
  return () => {
    typing.dispose();
    text.unobserve(observe);
  };
}
