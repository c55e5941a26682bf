'use client';
import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconNotebook } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from './Notice';

interface Props {
  kind: 'draft' | 'calculation';
  id: string;
  /** What must be stored before. */
  before?: () => Promise<unknown>;
}

/** Makes a notebook that does the same in code, in one of the two languages, and goes there. */
export function AsNotebook({ kind, id, before }: Props) {
  const trpc = useTRPC();
  const router = useRouter();
  const make = useMutation(
    trpc.notebooks.inCode.mutationOptions({ onSuccess: ({ id: made }) => router.push(`/notebooks/${made}`) }),
  );
  const begin = async (language: 'typescript' | 'python') => {
    await before?.();
    make.mutate({ of: { kind, id }, language });
  };
  return (
    <>
      <Menu position="bottom-end" shadow="md" transitionProps={{ duration: 100 }}>
        <Menu.Target>
          <Button
            variant="default"
            loading={make.isPending}
            leftSection={<IconNotebook size={17} stroke={1.7} aria-hidden />}
            rightSection={<IconChevronDown size={15} aria-hidden />}
          >
            As notebook
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void begin('typescript')}>In TypeScript</Menu.Item>
          <Menu.Item onClick={() => void begin('python')}>In Python</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {make.error && (
        <Notice tone="bad" role="alert">
          {messageOf(make.error)}
        </Notice>
      )}
    </>
  );
}
