'use client';
import { Button, Textarea } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { messageOf, useTRPC } from '../../_trpc/client';
import { Notice } from '../../components/Notice';
import styles from './structure-step.module.css';
import { uploadStructure } from './upload-structure';
import { useChooseStructure } from './use-choose-structure';

/** A file, dropped or chosen, or its text. */
export function FileSource() {
  const trpc = useTRPC();
  const choose = useChooseStructure();
  const input = useRef<HTMLInputElement>(null);
  const errorId = useId();
  const [isOver, setIsOver] = useState(false);
  const [text, setText] = useState('');
  const upload = useMutation({ mutationFn: uploadStructure, onSuccess: choose });
  const paste = useMutation(trpc.structures.import.mutationOptions({ onSuccess: choose }));
  const problem = upload.error ? upload.error.message : paste.error ? messageOf(paste.error) : null;
  const send = (file: File | undefined) => {
    if (!file) return;
    paste.reset();
    upload.mutate(file);
  };
  return (
    <div className={styles.parts}>
      {problem && (
        <Notice tone="bad" id={errorId} role="alert">
          {problem}
        </Notice>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button within does the same. */}
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
          send(event.dataTransfer.files[0]);
        }}
      >
        <IconFileImport size={30} stroke={1.3} aria-hidden color="var(--b-accent)" />
        <p>
          Drop a structure file here, or{' '}
          <Button
            variant="light"
            size="compact-md"
            loading={upload.isPending}
            onClick={() => input.current?.click()}
            aria-describedby={problem ? errorId : undefined}
          >
            choose a file
          </Button>
        </p>
        <p className="faint">CIF, POSCAR or CONTCAR, XYZ and extended XYZ, or Brine’s JSON; up to 8 MB</p>
        <input
          ref={input}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label="Structure file"
          onChange={(event) => {
            send(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <form
        className={styles.paste}
        onSubmit={(event) => {
          event.preventDefault();
          upload.reset();
          if (text.trim()) paste.mutate({ text, source: 'text' });
        }}
      >
        <Textarea
          label="Or paste the text of one"
          description="The format is recognised by itself."
          placeholder="The lines of a CIF, POSCAR, XYZ or JSON file"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={5}
          maxRows={16}
          spellCheck={false}
          aria-invalid={paste.isError || undefined}
          aria-describedby={paste.isError ? errorId : undefined}
          styles={{ input: { fontFamily: 'var(--font-mono)', fontSize: 13, lineHeight: 1.5 } }}
        />
        <Button type="submit" variant="default" loading={paste.isPending} disabled={!text.trim()}>
          Read this text
        </Button>
      </form>
    </div>
  );
}
