'use client';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf, useTRPC } from '../../_trpc/client';
import { useOpenNotebook } from '../use-notebook';
import styles from './versions.module.css';

/** Gives the notebook as it is now a name. */
export function SaveVersion({ onSaved }: { onSaved: () => void }) {
  const { client } = useOpenNotebook();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const save = useMutation(
    trpc.notebookVersions.save.mutationOptions({
      onSuccess: () => {
        setName('');
        onSaved();
        return queryClient.invalidateQueries(trpc.notebookVersions.pathFilter());
      },
    }),
  );
  return (
    <form
      className={styles.save}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') void client.send().then(() => save.mutate({ id: client.id, name: name.trim() }));
      }}
    >
      <TextInput
        label="Name what stands here now"
        placeholder="Before the new mesh"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={save.error && messageOf(save.error)}
      />
      <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
        Save version
      </Button>
    </form>
  );
}
