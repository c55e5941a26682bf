'use client';
import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { messageOf } from '../_trpc/client';
import { Notice } from './Notice';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  /** The question. */
  title: string;
  /** What follows from a yes. */
  children: ReactNode;
  /** "Keep it" has the focus: Enter changes nothing. */
  no: string;
  yes: string;
  /** Whether a yes is possible already. */
  isReady?: boolean;
  act: { mutate: () => void; isPending: boolean; error: unknown };
}

/** Asks before something that cannot be taken back; what went wrong with it is said here. */
export function ConfirmDialog({ isOpen, onClose, title, children, no, yes, isReady = true, act }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} centered transitionProps={{ duration: 100 }}>
      <div>{children}</div>
      {act.error !== null && (
        <Notice tone="bad" role="alert">
          {messageOf(act.error)}
        </Notice>
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {no}
        </Button>
        <Button color="red" onClick={act.mutate} loading={act.isPending} disabled={!isReady}>
          {yes}
        </Button>
      </Group>
    </Modal>
  );
}
