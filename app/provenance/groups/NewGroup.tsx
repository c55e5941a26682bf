'use client';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { messageOf, useTRPC } from '../../_trpc/client';
import styles from './groups.module.css';

export function NewGroup() {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const create = useMutation(
    trpc.groups.create.mutationOptions({
      onSuccess: async ({ id }) => {
        setName('');
        await queryClient.invalidateQueries(trpc.groups.list.queryFilter());
        router.push(`/groups?group=${id}`);
      },
    }),
  );
  return (
    <form
      className={styles.new}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) create.mutate({ name });
      }}
    >
      <TextInput
        label="New group"
        value={name}
        maxLength={100}
        error={create.error && messageOf(create.error)}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={create.isPending}>
        Make it
      </Button>
    </form>
  );
}
