'use client';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { monaco } from '../monaco';
import styles from './files.module.css';

interface Props {
  path: string;
  text: string;
  onText: (text: string) => void;
  /** With the text as it stands, which the page may not have drawn yet. */
  onSave: (text: string) => void;
}

const languages: Record<string, string> = {
  ts: 'typescript',
  js: 'javascript',
  mjs: 'javascript',
  py: 'python',
  md: 'markdown',
};

/** The editor of a text file; Ctrl S saves, Ctrl M and then Tab leaves it. */
export default function MonacoText({ path, text, onText, onSave }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  const latest = useRef({ onText, onSave });
  useEffect(() => {
    latest.current = { onText, onSave };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text of the file is where the editor begins, and what is typed in it goes out.
  useEffect(() => {
    const editor = monaco.editor.create(host.current!, {
      value: text,
      language: languages[path.split('.').at(-1) ?? ''] ?? 'plaintext',
      ariaLabel: `Text of ${path}. Ctrl M, then Tab, leaves the editor.`,
      automaticLayout: true,
      minimap: { enabled: false },
      fontSize: 13.5,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono') || 'monospace',
      scrollBeyondLastLine: false,
      unicodeHighlight: { ambiguousCharacters: false },
    });
    editor.onDidChangeModelContent(() => latest.current.onText(editor.getValue()));
    editor.onKeyDown(({ ctrlKey, metaKey, shiftKey, altKey, keyCode, browserEvent }) => {
      if (!(ctrlKey || metaKey) || shiftKey || altKey || keyCode !== monaco.KeyCode.KeyS) return;
      browserEvent.preventDefault();
      latest.current.onSave(editor.getValue());
    });
    editor.focus();
    return () => {
      editor.getModel()?.dispose();
      editor.dispose();
    };
  }, [path]);
  useEffect(() => monaco.editor.setTheme(`brine-${scheme}`), [scheme]);
  return <div ref={host} className={styles.text} />;
}
