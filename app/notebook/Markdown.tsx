'use client';
import 'katex/dist/katex.min.css';
import { useMemo } from 'react';
import { renderMarkdown } from '@/server/schemas/notebook/render-markdown';
import type { Bundle } from '@/server/schemas/notebook/state';
import styles from './markdown.module.css';
import { imageAddress } from './outputs/blob-address';

interface Props {
  source: string;
  notebookId: string;
  attachments?: Record<string, Bundle> | null;
}

/** Markdown as it reads, with formulas. */
export function Markdown({ source, notebookId, attachments = null }: Props) {
  const html = useMemo(
    () => renderMarkdown(source, (name) => imageAddress(notebookId, attachments?.[name] ?? {})),
    [source, notebookId, attachments],
  );
  // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by our rules, under which no HTML of the source is left.
  return <div className={styles.markdown} dangerouslySetInnerHTML={{ __html: html }} />;
}
