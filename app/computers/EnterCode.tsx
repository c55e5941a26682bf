'use client';
import { Autocomplete, Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { knownPrograms } from '@/server/schemas/computers';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import styles from './computers.module.css';

const empty = { program: 'espresso', version: '', path: '', modules: '', prependText: '' };

/** A program that a person knows of: where it is, and what has to be loaded before it. It goes before one that was found. */
export function EnterCode({ computerId, onClose }: { computerId: string; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [form, setForm] = useState(empty);
  const add = useMutation(
    trpc.codes.add.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.computers.pathFilter());
        onClose();
      },
    }),
  );
  const set = (changes: Partial<typeof empty>) => setForm((before) => ({ ...before, ...changes }));
  const field = (
    key: 'version' | 'path' | 'modules',
    label: string,
    rest: { description?: string; isNeeded?: boolean },
  ) => (
    <TextInput
      label={label}
      description={rest.description}
      required={rest.isNeeded}
      withAsterisk={false}
      autoComplete="off"
      spellCheck={false}
      value={form[key]}
      onChange={(event) => set({ [key]: event.currentTarget.value })}
    />
  );
  return (
    <form
      className={styles.form}
      aria-label="Enter a code by hand"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate({ ...form, computerId, modules: form.modules.split(/\s+/).filter(Boolean) });
      }}
    >
      <div className={styles.row}>
        <Autocomplete
          label="Program"
          required
          withAsterisk={false}
          data={knownPrograms.filter((program) => program !== 'node')}
          value={form.program}
          onChange={(program) => set({ program })}
        />
        {field('version', 'Version', { isNeeded: true })}
      </div>
      {field('path', 'Path of the executable', {
        description: 'There, from the root on: /opt/qe/bin/pw.x',
        isNeeded: true,
      })}
      {field('modules', 'Modules', { description: 'Loaded before its jobs, after those of the computer' })}
      <Textarea
        label="Lines before its jobs"
        description="Shell, run as they are"
        autosize
        minRows={1}
        spellCheck={false}
        value={form.prependText}
        onChange={(event) => set({ prependText: event.currentTarget.value })}
      />
      {add.error && (
        <Notice tone="bad" role="alert">
          {messageOf(add.error)}
        </Notice>
      )}
      <div className={styles.buttons}>
        <Button type="submit" size="compact-md" loading={add.isPending}>
          Enter it
        </Button>
        <Button variant="default" size="compact-md" onClick={onClose}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
