'use client';
import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import styles from './drop-zone.module.css';

interface Props {
  /** What is dropped: "a structure file". */
  what: string;
  /** Name of the field for those who do not see it. */
  label: string;
  hint: ReactNode;
  isBusy: boolean;
  /** Endings that the chooser of files offers. */
  accept?: string;
  describedBy?: string | undefined;
  onFile: (file: File) => void;
}

/** A place for a file: dropped, or chosen by a button that does the same. */
export function DropZone({ what, label, hint, isBusy, accept, describedBy, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const take = (file: File | undefined) => {
    if (file && !isBusy) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button within does the same.
    <div
      className={styles.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <IconFileImport size={30} stroke={1.3} aria-hidden color="var(--b-accent)" />
      <p>
        Drop {what} here, or{' '}
        <Button
          variant="light"
          size="compact-md"
          loading={isBusy}
          onClick={() => input.current?.click()}
          aria-describedby={describedBy}
        >
          choose a file
        </Button>
      </p>
      <p className="faint">{hint}</p>
      <input
        ref={input}
        type="file"
        accept={accept}
        className="visually-hidden"
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}
