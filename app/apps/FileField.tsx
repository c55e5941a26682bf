'use client';
import { Button } from '@mantine/core';
import { IconUpload, IconX } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import { FILE_MAX } from '@/server/schemas/app/inputs';
import { bytes } from '../format/number';
import styles from './app-page.module.css';
import type { FieldProps } from './InputField';

interface Props extends FieldProps<'file'> {
  visitId: string | null;
  onFault: (fault: string | null) => void;
}

/** A file of the visitor, brought to where the cells find it. */
export function FileField({ widget, label, value, visitId, onChange, onFault }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setIsBusy] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file || !visitId) return;
    if (file.size > FILE_MAX)
      return onFault(`${file.name} holds ${bytes(file.size)}; a file for an app holds at most ${bytes(FILE_MAX)}.`);
    setIsBusy(true);
    onFault(null);
    try {
      const address = `/api/apps/visits/${visitId}/files?name=${encodeURIComponent(file.name)}`;
      const answer = await fetch(address, { method: 'POST', body: file });
      const told = (await answer.json()) as { path?: string; error?: { message: string } };
      if (told.path) onChange(told.path);
      else onFault(told.error?.message ?? 'The file could not be brought to the platform.');
    } catch {
      onFault('The file could not be brought to the platform, which does not answer. Try again when it does.');
    }
    setIsBusy(false);
  };
  return (
    <div className={styles.file}>
      <span id={id}>{label}</span>
      {widget.help && <p className={styles.help}>{widget.help}</p>}
      <Button
        variant="default"
        size="sm"
        loading={isBusy}
        disabled={!visitId}
        leftSection={<IconUpload size={16} stroke={1.7} aria-hidden />}
        aria-describedby={id}
        onClick={() => input.current?.click()}
      >
        {value === null ? 'Choose a file' : 'Choose another file'}
      </Button>
      {typeof value === 'string' && (
        <span className={styles.fileName}>
          {value.slice(value.indexOf('/') + 1)}{' '}
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<IconX size={13} aria-hidden />}
            onClick={() => onChange(null)}
          >
            Take it away
          </Button>
        </span>
      )}
      <input
        ref={input}
        type="file"
        accept={widget.accept.join(',')}
        className="visually-hidden"
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}
