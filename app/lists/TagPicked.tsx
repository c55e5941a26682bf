'use client';
import { Button, Popover, TextInput } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf, useTRPC, useTRPCClient } from '../_trpc/client';
import styles from './lists.module.css';

interface Props {
  /** Ids of calculations. */
  picked: readonly string[];
}

/** Puts one tag on all picked calculations, or takes it off. */
export function TagPicked({ picked }: Props) {
  const trpc = useTRPC();
  const { provenance } = useTRPCClient();
  const queryClient = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [tag, setTag] = useState('');
  const change = useMutation({
    // One request carries them all.
    mutationFn: (isOn: boolean) =>
      Promise.all(picked.map((id) => provenance[isOn ? 'tag' : 'untag'].mutate({ id, tag }))),
    onSuccess: () => {
      setIsOpen(false);
      setTag('');
    },
    onSettled: () => queryClient.invalidateQueries(trpc.calculations.list.pathFilter()),
  });
  const isEmpty = tag.trim() === '';
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" width={280} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconTag size={17} aria-hidden />}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          Tag {picked.length}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={styles.tagForm}
          onSubmit={(event) => {
            event.preventDefault();
            if (!isEmpty) change.mutate(true);
          }}
        >
          <TextInput
            label="Tag to add or take off"
            value={tag}
            onChange={(event) => setTag(event.currentTarget.value)}
            error={change.error && messageOf(change.error)}
            maxLength={60}
            data-autofocus
          />
          <Button type="submit" disabled={isEmpty} loading={change.isPending}>
            Add
          </Button>
          <Button variant="subtle" disabled={isEmpty || change.isPending} onClick={() => change.mutate(false)}>
            Take off
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
