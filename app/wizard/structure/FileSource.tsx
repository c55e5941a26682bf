'use client';
import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { messageOf, useTRPC } from '../../_trpc/client';
import { DropZone } from '../../components/DropZone';
import { Notice } from '../../components/Notice';
import styles from './structure-step.module.css';
import { uploadStructure } from './upload-structure';
import { useChooseStructure } from './use-choose-structure';

/** A file, dropped or chosen, or its text. */
export function FileSource() {
  const trpc = useTRPC();
  const choose = useChooseStructure();
  const errorId = useId();
  const [text, setText] = useState('');
  const upload = useMutation({ mutationFn: uploadStructure, onSuccess: choose });
  const paste = useMutation(trpc.structures.import.mutationOptions({ onSuccess: choose }));
  const problem = upload.error ? upload.error.message : paste.error ? messageOf(paste.error) : null;
  return (
    <div className={styles.parts}>
      {problem && (
        <Notice tone="bad" id={errorId} role="alert">
          {problem}
        </Notice>
      )}
      <DropZone
        what="a structure file"
        label="Structure file"
        hint="CIF, POSCAR, XYZ, XSF, PDB, cube, LAMMPS data, input or output of Quantum ESPRESSO, JSON; up to 8 MB"
        isBusy={upload.isPending}
        describedBy={problem ? errorId : undefined}
        onFile={(file) => {
          paste.reset();
          upload.mutate(file);
        }}
      />
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
          placeholder="The lines of a CIF, POSCAR, XYZ or other file"
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
