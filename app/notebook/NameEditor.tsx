'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf, useTRPC } from '../_trpc/client';
import styles from './notebook.module.css';

/** The name, changed in place: Enter or leaving it keeps it, Escape does not. */
export function NameEditor({ id, name }: { id: string; name: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [kept, setKept] = useState(name);
  const [text, setText] = useState(name);
  const rename = useMutation(
    trpc.notebooks.rename.mutationOptions({
      onSuccess: (notebook) => {
        setKept(notebook.name);
        document.title = `${notebook.name} – Brine`;
        void queryClient.invalidateQueries(trpc.notebooks.list.pathFilter());
      },
    }),
  );
  const keep = () => {
    const next = text.trim();
    if (next === '') setText(kept);
    else if (next !== kept) rename.mutate({ id, name: next });
  };
  return (
    <h1 className={styles.name}>
      <span className="visually-hidden">{kept}</span>
      <input
        aria-label="Name of the notebook"
        aria-invalid={rename.isError || undefined}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') setText(kept);
        }}
      />
      {rename.error && <span role="alert">{messageOf(rename.error)}</span>}
    </h1>
  );
}
