'use client';
import { Button, Group } from '@mantine/core';
import { IconPlus, IconUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { NOTEBOOK_FILE_MAX } from '@/server/schemas/notebook/notebooks';
import { messageOf, useTRPC } from '../_trpc/client';
import { bytes } from '../format/number';

/** A new notebook in one of the two languages, or one from a file. */
export function NewNotebook({ onFault }: { onFault: (fault: string | null) => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const file = useRef<HTMLInputElement>(null);
  const then = {
    onMutate: () => onFault(null),
    onError: (err: unknown) => onFault(messageOf(err)),
    onSuccess: ({ id }: { id: string }) => {
      void queryClient.invalidateQueries(trpc.notebooks.list.pathFilter());
      router.push(`/notebooks/${id}`);
    },
  };
  const create = useMutation(trpc.notebooks.create.mutationOptions(then));
  const bring = useMutation(trpc.notebooks.import.mutationOptions(then));
  const isBusy = create.isPending || bring.isPending;
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    if (chosen.size > NOTEBOOK_FILE_MAX)
      return onFault(
        `${chosen.name} holds ${bytes(chosen.size)}; a notebook file may hold ${bytes(NOTEBOOK_FILE_MAX)}. Clear large outputs in it and save it anew.`,
      );
    bring.mutate({ name: chosen.name.slice(0, 200), text: await chosen.text() });
  };
  return (
    <Group gap="xs">
      <Button
        variant="default"
        loading={bring.isPending}
        disabled={isBusy}
        leftSection={<IconUpload size={17} stroke={1.7} aria-hidden />}
        onClick={() => file.current?.click()}
      >
        Upload .ipynb
      </Button>
      <input
        ref={file}
        type="file"
        accept=".ipynb,application/x-ipynb+json,application/json"
        className="visually-hidden"
        tabIndex={-1}
        aria-label="Notebook file"
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <Button
        variant="default"
        disabled={isBusy}
        leftSection={<IconPlus size={17} aria-hidden />}
        onClick={() => create.mutate({ spec: 'python3' })}
      >
        New Python notebook
      </Button>
      <Button
        loading={create.isPending}
        disabled={isBusy}
        leftSection={<IconPlus size={17} aria-hidden />}
        onClick={() => create.mutate({ spec: 'deno' })}
      >
        New TypeScript notebook
      </Button>
    </Group>
  );
}
