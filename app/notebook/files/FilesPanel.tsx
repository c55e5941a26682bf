'use client';
import { Drawer, Progress } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf, useTRPC } from '../../_trpc/client';
import { Notice } from '../../components/Notice';
import { bytes } from '../../format/number';
import { useOpenNotebook } from '../use-notebook';
import { FileEditor } from './FileEditor';
import { FileList } from './FileList';
import { FileTools } from './FileTools';
import { fileAddress, joinPath, putFile } from './file-transfer';
import styles from './files.module.css';

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

/** The folder in which the notebook works. */
export function FilesPanel({ isOpen, onClose }: Props) {
  const { client } = useOpenNotebook();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [folder, setFolder] = useState('');
  const [edited, setEdited] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [fault, setFault] = useState<string | null>(null);
  const [sending, setSending] = useState<string | null>(null);
  const [isOver, setIsOver] = useState(false);
  const list = useQuery({
    ...trpc.notebookFiles.list.queryOptions({ id: client.id, path: folder }),
    enabled: isOpen,
    // Cells write here too.
    refetchInterval: 5_000,
  });
  const readAnew = () => queryClient.invalidateQueries(trpc.notebookFiles.pathFilter());
  const goTo = (path: string) => {
    setFolder(path);
    setChosen(new Set());
    setFault(null);
  };
  /** One after the other; what is refused is said, and the others still go. */
  const upload = async (files: readonly File[]) => {
    setFault(null);
    for (const [i, file] of files.entries()) {
      setSending(`${i + 1} of ${files.length}: ${file.name}`);
      const address = fileAddress(client.id, joinPath(folder, file.name), { mark: 'new' });
      await putFile(address, file).catch((err) => setFault(messageOf(err)));
    }
    setSending(null);
    await readAnew();
  };
  const used = list.data;
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size="min(760px, 100%)"
      title="Files of the notebook"
      closeButtonProps={{ 'aria-label': 'Close the files' }}
      closeOnEscape={edited === null}
      transitionProps={{ duration: 100 }}
    >
      {edited !== null ? (
        <FileEditor path={edited} onClose={() => void readAnew().then(() => setEdited(null))} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button within does the same.
        <div
          className={styles.place}
          data-over={isOver || undefined}
          onDragOver={(event) => {
            event.preventDefault();
            setIsOver(true);
          }}
          onDragLeave={() => setIsOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setIsOver(false);
            void upload([...event.dataTransfer.files]);
          }}
        >
          <FileTools
            folder={folder}
            chosen={[...chosen]}
            onFolder={goTo}
            onUpload={(files) => void upload(files)}
            onFault={setFault}
            onDone={() => {
              setChosen(new Set());
              void readAnew();
            }}
          />
          {sending && <p role="status">Uploading {sending}</p>}
          {fault && (
            <Notice tone="bad" role="alert">
              {fault}
            </Notice>
          )}
          {list.error && (
            <Notice tone="bad" role="alert">
              {messageOf(list.error)}
            </Notice>
          )}
          {list.isPending && <p className="faint">Reading the folder…</p>}
          {used && (
            <FileList
              folder={folder}
              listing={used}
              chosen={chosen}
              onChoose={setChosen}
              onFolder={goTo}
              onEdit={setEdited}
              onDone={() => void readAnew()}
            />
          )}
          {used && (
            <div className={styles.quota}>
              <p className="faint">
                {used.isUsedWhole ? '' : 'More than '}
                {bytes(used.usedBytes)} of {bytes(used.allowedBytes)} used
              </p>
              <Progress
                value={Math.min(100, (used.usedBytes / used.allowedBytes) * 100)}
                color={used.usedBytes > used.allowedBytes ? 'red' : undefined}
                aria-label="Used of what is allowed"
              />
              {used.usedBytes > used.allowedBytes && (
                <Notice tone="warn">
                  Cells have written more than is allowed. Nothing stops them, but nothing can be uploaded before some
                  is deleted.
                </Notice>
              )}
            </div>
          )}
        </div>
      )}
    </Drawer>
  );
}
