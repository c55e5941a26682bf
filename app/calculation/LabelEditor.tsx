'use client';
import { IconPencil } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { messageOf, useTRPC } from '../_trpc/client';
import styles from './calculation.module.css';

/** The label, changed in place: Enter keeps it, Escape leaves it. */
export function LabelEditor({ id, label }: { id: string; label: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [text, setText] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const end = () => {
    setText(null);
    requestAnimationFrame(() => button.current?.focus());
  };
  const rename = useMutation(
    trpc.calculations.rename.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.calculations.get.queryFilter({ id }));
        void queryClient.invalidateQueries(trpc.calculations.list.pathFilter());
        end();
      },
    }),
  );
  const keep = () => {
    const next = text?.trim() ?? '';
    if (next === '' || next === label) return end();
    rename.mutate({ id, label: next });
  };
  if (text === null)
    return (
      <button type="button" ref={button} className={styles.label} onClick={() => setText(label)}>
        <span>{label}</span>
        <IconPencil size={15} stroke={1.7} aria-hidden />
        <span className="visually-hidden">, change the label</span>
      </button>
    );
  return (
    <div>
      <input
        className={styles.labelInput}
        aria-label="Label"
        aria-invalid={rename.isError || undefined}
        aria-describedby="label-help"
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to type here.
        autoFocus
        maxLength={200}
        value={rename.isPending ? rename.variables.label : text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep();
          if (event.key === 'Escape') end();
        }}
      />
      <p id="label-help" className="faint" role="status">
        {rename.error ? messageOf(rename.error) : 'Enter keeps it, Escape leaves it as it was.'}
      </p>
    </div>
  );
}
