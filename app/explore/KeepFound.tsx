'use client';
import { Button, Menu, Modal, TextInput } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import type { DatasetSummary } from '@/server/schemas/datasets';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import styles from './explore.module.css';

const kinds = {
  query: {
    title: 'Save this query',
    button: 'Save it',
    text: 'It is kept under this name on the page Explore, and finds anew each time.',
  },
  set: {
    title: 'Freeze this result',
    button: 'Freeze it',
    text: 'The entries that are found now are kept with all their values, under an address to cite. Later it can be compared with what is found then.',
  },
} as const;

/** Keeps what is asked, or what is found. */
export function KeepFound({ dataset: { slug }, search }: { dataset: DatasetSummary; search: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [kind, setKind] = useState<keyof typeof kinds | null>(null);
  const [name, setName] = useState('');
  const [saved, setSaved] = useState<string | null>(null);
  const save = useMutation(
    trpc.savedQueries.save.mutationOptions({
      onSuccess: async (made) => {
        await queryClient.invalidateQueries(trpc.savedQueries.list.pathFilter());
        setSaved(made.name);
        setKind(null);
      },
    }),
  );
  const freeze = useMutation(
    trpc.resultSets.freeze.mutationOptions({ onSuccess: ({ id }) => router.push(`/explore/sets/${id}`) }),
  );
  const act = kind === 'set' ? freeze : save;
  const begin = (chosen: keyof typeof kinds) => {
    save.reset();
    freeze.reset();
    setName('');
    setSaved(null);
    setKind(chosen);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act.mutate({ slug, name: name.trim(), search });
  };
  return (
    <>
      <Menu position="bottom-end" shadow="md" transitionProps={{ duration: 100 }}>
        <Menu.Target>
          <Button variant="default" size="compact-sm" leftSection={<IconBookmark size={15} aria-hidden />}>
            Keep
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => begin('query')}>Save this query</Menu.Item>
          <Menu.Item onClick={() => begin('set')}>Freeze this result, to cite it</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span className={styles.saved} role="status">
        {saved && `Saved as “${saved}”`}
      </span>
      <Modal
        opened={kind !== null}
        onClose={() => setKind(null)}
        title={kind ? kinds[kind].title : ''}
        centered
        transitionProps={{ duration: 100 }}
      >
        {kind && (
          <form onSubmit={submit} className={styles.keep}>
            <p className="soft">{kinds[kind].text}</p>
            <TextInput
              label="Name"
              value={name}
              maxLength={200}
              data-autofocus
              onChange={(event) => setName(event.currentTarget.value)}
            />
            {act.error && (
              <Notice tone="bad" role="alert">
                {messageOf(act.error)}
              </Notice>
            )}
            <Button type="submit" loading={act.isPending} disabled={name.trim() === ''}>
              {kinds[kind].button}
            </Button>
          </form>
        )}
      </Modal>
    </>
  );
}
