'use client';
import { ActionIcon, Button, Switch, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Provider } from '@/server/schemas/elsewhere';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import { counted } from '../format/number';
import styles from './elsewhere.module.css';

/** The servers that searches ask: switched on or off, tried, added and removed. */
export function ServerList() {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.elsewhere.providers.queryOptions());
  const on = data.filter(({ isEnabled }) => isEnabled).length;
  return (
    <section aria-labelledby="servers" className={styles.servers}>
      <h2 id="servers">Servers</h2>
      <p className="faint">
        {on} of {counted(data.length, 'server')} are asked. The well-known ones come with the platform, from the public
        index of OPTIMADE.
      </p>
      <ul>
        {data.map((provider) => (
          <Server key={provider.id} provider={provider} />
        ))}
      </ul>
      <AddServer />
    </section>
  );
}

function Server({ provider: { id, name, url, isEnabled, isKnown } }: { provider: Provider }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = () => queryClient.invalidateQueries(trpc.elsewhere.providers.pathFilter());
  // What was chosen shows at once, and goes back where the server does not take it.
  const [isOn, setOn] = useState(isEnabled);
  const change = useMutation(
    trpc.elsewhere.switchProvider.mutationOptions({ onSuccess, onError: () => setOn(isEnabled) }),
  );
  const remove = useMutation(trpc.elsewhere.removeProvider.mutationOptions({ onSuccess }));
  const look = useMutation(trpc.elsewhere.testProvider.mutationOptions());
  const error = change.error ?? remove.error ?? look.error;
  return (
    <li className={styles.server}>
      <Switch
        checked={isOn}
        onChange={(event) => {
          setOn(event.currentTarget.checked);
          change.mutate({ id, isEnabled: event.currentTarget.checked });
        }}
        aria-label={`Ask ${name}`}
      />
      <div className={styles.said}>
        <strong>{name}</strong>
        <p className="faint">{url}</p>
        <div role="status">
          {look.data?.steps.map((step) => (
            <p key={step.name} className={step.isGood ? 'soft' : styles.failure}>
              {step.isGood ? 'Good: ' : 'Failed: '}
              {step.text}
              {step.latencyMs !== null && ` (${step.latencyMs} ms)`}
            </p>
          ))}
        </div>
        {error && (
          <Notice tone="bad" role="alert">
            {messageOf(error)}
          </Notice>
        )}
      </div>
      <div className={styles.acts}>
        <Button
          variant="default"
          size="compact-sm"
          loading={look.isPending}
          onClick={() => look.mutate({ id })}
          aria-label={`Test ${name}`}
        >
          Test
        </Button>
        {!isKnown && (
          <ActionIcon variant="subtle" color="gray" onClick={() => remove.mutate({ id })} aria-label={`Remove ${name}`}>
            <IconTrash size={16} stroke={1.7} aria-hidden />
          </ActionIcon>
        )}
      </div>
    </li>
  );
}

function AddServer() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [url, setUrl] = useState('');
  const [name, setName] = useState('');
  const add = useMutation(
    trpc.elsewhere.addProvider.mutationOptions({
      onSuccess: async () => {
        setUrl('');
        setName('');
        await queryClient.invalidateQueries(trpc.elsewhere.providers.pathFilter());
      },
    }),
  );
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate({ url, name });
      }}
    >
      <TextInput
        className={styles.text}
        label="Address of another server"
        description="Of any version 1.x. An index of databases stands for all of them."
        placeholder="https://optimade.example.org"
        value={url}
        maxLength={2_000}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <TextInput
        label="Its name"
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={add.isPending} disabled={url.trim() === ''}>
        Add it
      </Button>
      <div role="status" className={styles.wide}>
        {add.data && `Added: ${add.data.map((one) => one.name).join(', ')}.`}
      </div>
      {add.error && (
        <div className={styles.wide}>
          <Notice tone="bad" role="alert">
            {messageOf(add.error)}
          </Notice>
        </div>
      )}
    </form>
  );
}
