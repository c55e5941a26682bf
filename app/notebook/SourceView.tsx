'use client';
import dynamic from 'next/dynamic';
import { useRef } from 'react';
import styles from './notebook.module.css';
import { useNear, useSource } from './use-notebook';

const MonacoCell = dynamic(() => import('./MonacoCell'), { ssr: false });
/** Editors are made this near to the screen, px, and ended beyond. */
const NEAR_PX = 700;

interface Props {
  cellId: string;
  language: string;
  label: string;
  doesWrap: boolean;
  /** It has the focus, or shall have it. */
  isEdited: boolean;
  focusRequest: number | null;
  onFocus: () => void;
}

/** The source of a cell: an editor where one looks, and the plain text, of the same height, until then and elsewhere. */
export function SourceView(props: Props) {
  const place = useRef<HTMLDivElement>(null);
  const isNear = useNear(place, NEAR_PX);
  const source = useSource(props.cellId);
  const hasEditor = isNear || props.isEdited;
  const { isEdited: _, ...rest } = props;
  return (
    <div ref={place} className={styles.source} data-editor={hasEditor || undefined}>
      <pre className={styles.plain} data-wrap={props.doesWrap || undefined} aria-hidden={hasEditor || undefined}>
        {source.endsWith('\n') || source === '' ? `${source} ` : source}
      </pre>
      {hasEditor && <MonacoCell {...rest} />}
    </div>
  );
}
