'use client';
import { Anchor, Breadcrumbs, Button, FileButton } from '@mantine/core';
import { IconDownload, IconFilePlus, IconFolderPlus, IconTrash, IconUpload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf, useTRPC } from '../../_trpc/client';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { useOpenNotebook } from '../use-notebook';
import { fileAddress, joinPath, putFile } from './file-transfer';
import styles from './files.module.css';
import { NameDialog } from './NameDialog';

interface Props {
  folder: string;
  chosen: string[];
  onFolder: (path: string) => void;
  onUpload: (files: File[]) => void;
  onFault: (fault: string | null) => void;
  onDone: () => void;
}

/** Where one is, and what can be done here and with what is chosen. */
export function FileTools({ folder, chosen, onFolder, onUpload, onFault, onDone }: Props) {
  const { client } = useOpenNotebook();
  const trpc = useTRPC();
  const [asked, setAsked] = useState<'folder' | 'file' | 'remove' | null>(null);
  const onError = (err: unknown) => onFault(messageOf(err));
  const done = () => {
    setAsked(null);
    onFault(null);
    onDone();
  };
  const makeFolder = useMutation(trpc.notebookFiles.makeFolder.mutationOptions({ onSuccess: done, onError }));
  const remove = useMutation(trpc.notebookFiles.remove.mutationOptions({ onSuccess: done }));
  const parts = folder === '' ? [] : folder.split('/');
  const makeFile = (name: string) =>
    putFile(fileAddress(client.id, joinPath(folder, name), { mark: 'new' }), '').then(done, onError);
  return (
    <>
      <Breadcrumbs className={styles.crumbs}>
        <Anchor component="button" type="button" onClick={() => onFolder('')}>
          Folder of the notebook
        </Anchor>
        {parts.map((part, i) => (
          <Anchor
            key={parts.slice(0, i + 1).join('/')}
            component="button"
            type="button"
            onClick={() => onFolder(parts.slice(0, i + 1).join('/'))}
          >
            {part}
          </Anchor>
        ))}
      </Breadcrumbs>
      <div className={styles.tools}>
        <FileButton multiple onChange={onUpload} inputProps={{ 'aria-label': 'Files to upload' }}>
          {(props) => (
            <Button {...props} size="compact-sm" leftSection={<IconUpload size={15} aria-hidden />}>
              Upload files
            </Button>
          )}
        </FileButton>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconFolderPlus size={15} aria-hidden />}
          onClick={() => setAsked('folder')}
        >
          New folder
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconFilePlus size={15} aria-hidden />}
          onClick={() => setAsked('file')}
        >
          New text file
        </Button>
        {chosen.length > 0 && (
          <>
            <Button
              component="a"
              href={fileAddress(client.id, folder, { name: chosen })}
              variant="default"
              size="compact-sm"
              leftSection={<IconDownload size={15} aria-hidden />}
            >
              Download {chosen.length} as zip
            </Button>
            <Button
              variant="default"
              color="red"
              size="compact-sm"
              leftSection={<IconTrash size={15} aria-hidden />}
              onClick={() => setAsked('remove')}
            >
              Delete {chosen.length}
            </Button>
          </>
        )}
      </div>
      <NameDialog
        title={asked === 'folder' ? 'New folder' : 'New text file'}
        isOpen={asked === 'folder' || asked === 'file'}
        name=""
        onClose={() => setAsked(null)}
        onName={(name) => {
          if (asked === 'file') void makeFile(name).finally(() => setAsked(null));
          else makeFolder.mutate({ id: client.id, path: joinPath(folder, name) }, { onSettled: () => setAsked(null) });
        }}
      />
      <ConfirmDialog
        isOpen={asked === 'remove'}
        onClose={() => setAsked(null)}
        title={chosen.length === 1 ? `Delete ${chosen[0]}?` : `Delete ${chosen.length} files and folders?`}
        no="Keep"
        yes="Delete"
        act={{
          mutate: () => remove.mutate({ id: client.id, paths: chosen.map((name) => joinPath(folder, name)) }),
          isPending: remove.isPending,
          error: remove.error,
        }}
      >
        They are deleted for good, folders with all that is in them.
      </ConfirmDialog>
    </>
  );
}
