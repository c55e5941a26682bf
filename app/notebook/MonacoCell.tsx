'use client';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { textOf } from '@/server/schemas/notebook/text';
import { bindText } from './bind-text';
import { editKeys, everywhereKeys, KeyReader } from './keys';
import { beginTypescript, modelUri, monaco } from './monaco';
import styles from './notebook.module.css';
import { useOpenNotebook } from './use-notebook';

interface Props {
  cellId: string;
  language: string;
  label: string;
  doesWrap: boolean;
  /** Rises to take the focus. */
  focusRequest: number | null;
  onFocus: () => void;
}

export const LINE_PX = 20;
export const PADDING_PX = 8;
const keys = [...everywhereKeys, ...editKeys];

/** The editor of one cell, as high as its text. */
export default function MonacoCell({ cellId, language, label, doesWrap, focusRequest, onFocus }: Props) {
  const { client, commands } = useOpenNotebook();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor | null>(null);
  const latest = useRef({ onFocus });
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    latest.current = { onFocus };
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: language, label and wrapping follow in effects of their own.
  useEffect(() => {
    const element = host.current!;
    const uri = modelUri(client.id, cellId);
    monaco.editor.getModel(uri)?.dispose();
    const model = monaco.editor.createModel(client.sourceOf(cellId), language, uri);
    model.setEOL(monaco.editor.EndOfLineSequence.LF);
    const unbind = bindText(textOf(client.doc, cellId), model);
    const made = monaco.editor.create(element, {
      model,
      theme: `brine-${scheme}`,
      ariaLabel: label,
      lineHeight: LINE_PX,
      fontSize: 13.5,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono') || 'monospace',
      padding: { top: PADDING_PX, bottom: PADDING_PX },
      minimap: { enabled: false },
      lineNumbers: 'off',
      glyphMargin: false,
      folding: false,
      lineDecorationsWidth: 6,
      lineNumbersMinChars: 0,
      renderLineHighlight: 'none',
      overviewRulerLanes: 0,
      overviewRulerBorder: false,
      hideCursorInOverviewRuler: true,
      scrollBeyondLastLine: false,
      scrollbar: { vertical: 'hidden', alwaysConsumeMouseWheel: false, horizontalScrollbarSize: 8 },
      wordWrap: doesWrap ? 'on' : 'off',
      contextmenu: false,
      fixedOverflowWidgets: true,
      occurrencesHighlight: 'off',
      stickyScroll: { enabled: false },
      unicodeHighlight: { ambiguousCharacters: false },
      tabSize: language === 'python' ? 4 : 2,
      wordBasedSuggestions: 'off',
      quickSuggestions: false,
    });
    editor.current = made;
    const resize = () => {
      const height = made.getContentHeight();
      element.style.height = `${height}px`;
      made.layout({ width: element.clientWidth, height });
    };
    resize();
    const observer = new ResizeObserver(resize);
    observer.observe(element);
    const select = (start: number, end: number) => {
      const range = monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
      made.setSelection(range);
      commands.wantedSelection = null;
    };
    commands.selecters.set(cellId, select);
    const wanted = commands.wantedSelection;
    if (wanted?.cellId === cellId) select(wanted.start, wanted.end);
    const reader = new KeyReader();
    const listeners = [
      made.onDidContentSizeChange(resize),
      made.onDidFocusEditorWidget(() => {
        commands.cursorOf = (id) => (id === cellId ? model.getOffsetAt(made.getPosition()!) : null);
        if (model.getLanguageId() === 'typescript') beginTypescript(client);
        latest.current.onFocus();
      }),
      made.onKeyDown((event) => {
        const hasWidget = element.querySelector('.suggest-widget.visible, .find-widget.visible') !== null;
        const found = reader.read(event.browserEvent, keys, event.browserEvent.timeStamp);
        // Escape first closes what lies over the text.
        if (found && !(hasWidget && found.keys === 'Escape')) {
          event.preventDefault();
          event.stopPropagation();
          found.run(commands);
          return;
        }
        const { key, shiftKey, ctrlKey, metaKey, altKey } = event.browserEvent;
        if (hasWidget || shiftKey || ctrlKey || metaKey || altKey) return;
        const line = made.getPosition()?.lineNumber;
        const isOut = (key === 'ArrowUp' && line === 1) || (key === 'ArrowDown' && line === model.getLineCount());
        if (!isOut || !made.getSelection()?.isEmpty()) return;
        const before = commands.selection.get().active;
        commands.step(key === 'ArrowUp' ? -1 : 1);
        if (commands.selection.get().active === before) return commands.selection.activate(before, 'edit');
        event.preventDefault();
        event.stopPropagation();
        commands.enter();
      }),
    ];
    return () => {
      observer.disconnect();
      commands.selecters.delete(cellId);
      for (const listener of listeners) listener.dispose();
      unbind();
      made.dispose();
      model.dispose();
      editor.current = null;
    };
  }, [client, cellId, commands]);

  useEffect(() => monaco.editor.setTheme(`brine-${scheme}`), [scheme]);
  useEffect(() => {
    const model = editor.current?.getModel();
    if (model) monaco.editor.setModelLanguage(model, language);
    editor.current?.updateOptions({ wordWrap: doesWrap ? 'on' : 'off', ariaLabel: label });
  }, [language, doesWrap, label]);
  useEffect(() => {
    if (focusRequest !== null && commands.selection.serves(focusRequest)) editor.current?.focus();
  }, [focusRequest, commands]);

  return <div ref={host} className={styles.monaco} />;
}
