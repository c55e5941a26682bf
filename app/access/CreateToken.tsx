'use client';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf, useTRPC } from '../_trpc/client';
import { CopyValue } from '../components/CopyValue';
import { Notice } from '../components/Notice';
import styles from './access.module.css';

const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '365', label: 'One year' },
  { value: 'forever', label: 'Until it is revoked' },
];
const rights = [
  { value: 'write', label: 'May look, submit and stop' },
  { value: 'read', label: 'May look only' },
];

/** Makes a token and shows it this once. */
export function CreateToken() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [right, setRight] = useState('write');
  const [lifetime, setLifetime] = useState('365');
  const create = useMutation(
    trpc.tokens.create.mutationOptions({
      onSuccess: async () => {
        setName('');
        await queryClient.invalidateQueries(trpc.tokens.list.pathFilter());
      },
    }),
  );
  return (
    <section aria-labelledby="create-title" className={styles.section}>
      <h2 id="create-title">Make a token</h2>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({
            name,
            scopes: right === 'write' ? ['read', 'write'] : ['read'],
            days: lifetime === 'forever' ? null : Number(lifetime),
          });
        }}
      >
        <TextInput
          label="What it is for"
          placeholder="notebook on my laptop"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={200}
          className={styles.nameField}
        />
        <NativeSelect
          label="Rights"
          data={rights}
          value={right}
          onChange={(event) => setRight(event.currentTarget.value)}
        />
        <NativeSelect
          label="How long"
          data={lifetimes}
          value={lifetime}
          onChange={(event) => setLifetime(event.currentTarget.value)}
        />
        <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
          Make it
        </Button>
      </form>
      {create.error && (
        <Notice tone="bad" role="alert">
          {messageOf(create.error)}
        </Notice>
      )}
      {create.data && (
        <Notice tone="calm" role="status">
          <p>{create.data.name}: copy it now, it is not shown again.</p>
          <CopyValue value={create.data.token} name="the token">
            <code className={styles.secret}>{create.data.token}</code>
          </CopyValue>
        </Notice>
      )}
    </section>
  );
}
