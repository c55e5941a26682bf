'use client';
import { Button, Group, Modal, Radio, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { type AppPreview, type AppSummary, appCategories, appNameSchema } from '@/server/schemas/app/apps';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import { useNotebook } from '../notebook/use-notebook';
import { categoryWords } from './categories';
import styles from './publish.module.css';

interface Props {
  id: string;
  name: string;
  isOpen: boolean;
  onClose: () => void;
}

/** Makes an app of the notebook, publishes it anew, or takes it back. */
export function PublishDialog({ id, name, isOpen, onClose }: Props) {
  const trpc = useTRPC();
  const preview = useQuery({ ...trpc.apps.preview.queryOptions({ id }), enabled: isOpen, staleTime: 0, gcTime: 0 });
  return (
    <Modal opened={isOpen} onClose={onClose} title="Publish as an app" size={560} transitionProps={{ duration: 100 }}>
      {preview.error && (
        <Notice tone="bad" role="alert">
          {messageOf(preview.error)}
        </Notice>
      )}
      {preview.isLoading && <p className="faint">Reads the notebook …</p>}
      {preview.data && !preview.isFetching && <Form id={id} name={name} preview={preview.data} onClose={onClose} />}
    </Modal>
  );
}

function Form({ id, name, preview, onClose }: { id: string; name: string; preview: AppPreview; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { published } = preview;
  const [words, setWords] = useState({
    title: published?.title ?? name,
    name: published?.name ?? addressOf(name),
    description: published?.description ?? '',
    category: published?.category ?? ('other' as const),
    runs: published?.runs ?? ('change' as const),
  });
  const set = (changes: Partial<typeof words>) => setWords((before) => ({ ...before, ...changes }));
  const readAnew = () => queryClient.invalidateQueries(trpc.apps.pathFilter());
  const publish = useMutation(trpc.apps.publish.mutationOptions({ onSuccess: readAnew }));
  const takeBack = useMutation(
    trpc.apps.unpublish.mutationOptions({
      onSuccess: () => {
        onClose();
        void readAnew();
      },
    }),
  );
  const error = publish.error ?? takeBack.error;
  const nameFault = appNameSchema.safeParse(words.name).success
    ? null
    : 'Lower case letters and digits, in words joined by hyphens.';
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        publish.mutate({ id, ...words });
      }}
    >
      <Standing published={publish.data ?? published} isOutdated={preview.isOutdated && !publish.data} />
      <TextInput
        label="Title"
        required
        maxLength={80}
        value={words.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <TextInput
        label="One sentence that says what it is for"
        required
        maxLength={200}
        value={words.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <div className={styles.pair}>
        <TextInput
          label="Address"
          description="/apps/ and this"
          required
          maxLength={60}
          value={words.name}
          error={nameFault}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Select
          label="Category"
          description="Where it stands in the register"
          allowDeselect={false}
          data={appCategories.map((value) => ({ value, label: categoryWords[value] }))}
          value={words.category}
          onChange={(value) => set({ category: appCategories.find((one) => one === value) ?? 'other' })}
        />
      </div>
      <Radio.Group
        label="It computes"
        value={words.runs}
        onChange={(value) => set({ runs: value === 'button' ? 'button' : 'change' })}
      >
        <div className={styles.choices}>
          <Radio value="change" label="when it is opened, and at each change of an input" />
          <Radio value="button" label="when the visitor presses Compute: for what takes long" />
        </div>
      </Radio.Group>
      <Inputs preview={preview} />
      {error && (
        <Notice tone="bad" role="alert">
          {messageOf(error)}
        </Notice>
      )}
      <Group gap="xs" justify="flex-end">
        {(publish.data ?? published) && (
          <Button
            variant="subtle"
            color="red"
            loading={takeBack.isPending}
            onClick={() => takeBack.mutate({ name: (publish.data ?? published)!.name })}
          >
            Unpublish
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <Button type="submit" loading={publish.isPending} disabled={nameFault !== null || preview.faults.length > 0}>
          {published ? 'Publish anew' : 'Publish'}
        </Button>
      </Group>
    </form>
  );
}

function Standing({ published, isOutdated }: { published: AppSummary | null; isOutdated: boolean }) {
  if (!published)
    return (
      <p className="soft">
        Others see the texts and outputs without the code, set its inputs, and each works on a copy of their own. What
        you edit later changes nothing there until you publish anew.
      </p>
    );
  return (
    <Notice tone={isOutdated ? 'warn' : 'calm'} role="status">
      Published, version {published.version}: <Link href={`/apps/${published.name}`}>open the app</Link>.
      {isOutdated && ' The notebook has been edited since; the app is as it was.'}
    </Notice>
  );
}

const EXAMPLES = {
  typescript: 'const cutoff = 12; // @input {"kind": "slider", "min": 8, "max": 20, "step": 1}',
  python: 'cutoff = 12  # @input {"kind": "slider", "min": 8, "max": 20, "step": 1}',
};

function Inputs({ preview: { inputs, faults } }: { preview: AppPreview }) {
  const order = useNotebook((state) => state.order);
  const isPython = useNotebook((state) => state.runtime.spec.startsWith('python'));
  if (faults.length > 0)
    return (
      <Notice tone="bad">
        <p>These inputs cannot be read:</p>
        <ul className={styles.faults}>
          {faults.map(({ cellId, line, message }) => (
            <li key={`${cellId} ${line}`}>
              Cell {order.indexOf(cellId) + 1}, line {line}: {message}
            </li>
          ))}
        </ul>
      </Notice>
    );
  if (inputs.length > 0)
    return (
      <p className="soft">
        {inputs.length === 1 ? 'One input' : `${inputs.length} inputs`}:{' '}
        {inputs.map(({ name, widget }) => widget.label ?? name).join(', ')}.
      </p>
    );
  return (
    <div className="soft">
      <p>It has no inputs. To ask visitors for a value, write a line such as this into a cell of its own:</p>
      <pre className={styles.example}>{EXAMPLES[isPython ? 'python' : 'typescript']}</pre>
      <p>
        <Link href="/help/apps#inputs" target="_blank">
          All kinds of inputs
        </Link>
      </p>
    </div>
  );
}

const addressOf = (name: string) =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .split(' ')
    .join('-')
    .slice(0, 60)
    .replace(/-$/, '');
