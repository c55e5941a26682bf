'use client';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';

const words = {
  optimade: {
    label: 'Address of the database',
    placeholder: 'https://optimade.example.org/v1',
    description: 'Of an OPTIMADE server of any version 1.x; some have an address for each of their databases.',
  },
  address: {
    label: 'Address of the file',
    placeholder: 'https://example.org/entries.jsonl.gz',
    description: 'OPTIMADE JSON Lines, a table, or a zip of structures, up to 2 GB.',
  },
} as const;

/** A database that is elsewhere: its address, what of it is wanted, and its name here. */
export function ImportRemote({ kind }: { kind: keyof typeof words }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [url, setUrl] = useState('');
  const [filter, setFilter] = useState('');
  const [title, setTitle] = useState('');
  const start = useMutation(
    trpc.datasets.importFrom.mutationOptions({
      onSuccess: async () => {
        setUrl('');
        setFilter('');
        setTitle('');
        await queryClient.invalidateQueries(trpc.datasets.list.pathFilter());
      },
    }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate({ kind, url, title, filter: kind === 'optimade' ? filter : '' });
      }}
    >
      <TextInput
        style={{ flexBasis: '100%' }}
        {...words[kind]}
        type="url"
        value={url}
        maxLength={4_000}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      {kind === 'optimade' && (
        <TextInput
          style={{ flexBasis: '100%' }}
          label="Filter"
          placeholder='elements HAS "Li" AND nsites < 50'
          description="Of OPTIMADE; all entries where there is none."
          value={filter}
          maxLength={4_000}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      )}
      <TextInput
        label="Name of the database"
        value={title}
        maxLength={100}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Button type="submit" loading={start.isPending} disabled={url.trim() === ''}>
        Bring it
      </Button>
      {start.error && (
        <div style={{ flexBasis: '100%' }}>
          <Notice tone="bad" role="alert">
            {messageOf(start.error)}
          </Notice>
        </div>
      )}
    </form>
  );
}
