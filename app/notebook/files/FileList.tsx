'use client';
import { ActionIcon, Checkbox } from '@mantine/core';
import { IconDownload, IconFile, IconFolder, IconLink, IconPencil } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { FileEntry, FolderListing } from '@/server/schemas/notebook/files';
import { messageOf, useTRPC } from '../../_trpc/client';
import { Ago } from '../../components/Ago';
import { Empty } from '../../components/Empty';
import { Notice } from '../../components/Notice';
import { bytes } from '../../format/number';
import { useOpenNotebook } from '../use-notebook';
import { fileAddress, joinPath } from './file-transfer';
import styles from './files.module.css';
import { NameDialog } from './NameDialog';

interface Props {
  folder: string;
  listing: FolderListing;
  chosen: ReadonlySet<string>;
  onChoose: (names: ReadonlySet<string>) => void;
  onFolder: (path: string) => void;
  onEdit: (path: string) => void;
  onDone: () => void;
}

const icons = { file: IconFile, folder: IconFolder, other: IconLink } as const;

/** What cannot be seen in a name is shown by its code. */
const shown = (name: string) =>
  name.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);

/** What is in a folder: folders are entered, files opened as text. */
export function FileList({ folder, listing, chosen, onChoose, onFolder, onEdit, onDone }: Props) {
  const { client } = useOpenNotebook();
  const trpc = useTRPC();
  const [renamed, setRenamed] = useState<string | null>(null);
  const move = useMutation(
    trpc.notebookFiles.move.mutationOptions({
      onSettled: () => {
        setRenamed(null);
        onDone();
      },
    }),
  );
  const { entries, leftOut } = listing;
  if (entries.length === 0)
    return (
      <Empty title="Nothing here yet">
        What cells write stands here. Drop files here, or upload them, and cells read them by their name.
      </Empty>
    );
  const choose = (name: string, isOn: boolean) => {
    const names = new Set(chosen);
    if (isOn) names.add(name);
    else names.delete(name);
    onChoose(names);
  };
  const open = ({ name, kind }: FileEntry) => {
    const path = joinPath(folder, name);
    return kind === 'folder' ? onFolder(path) : onEdit(path);
  };
  return (
    <>
      {move.error && (
        <Notice tone="bad" role="alert">
          {messageOf(move.error)}
        </Notice>
      )}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <Checkbox
                size="xs"
                aria-label="Choose all"
                checked={entries.every(({ name }) => chosen.has(name))}
                indeterminate={chosen.size > 0 && chosen.size < entries.length}
                onChange={(event) =>
                  onChoose(new Set(event.currentTarget.checked ? entries.map(({ name }) => name) : []))
                }
              />
            </th>
            <th scope="col">Name</th>
            <th scope="col">Size</th>
            <th scope="col">Changed</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const { name, kind } = entry;
            const Icon = icons[kind];
            return (
              <tr key={name}>
                <td>
                  <Checkbox
                    size="xs"
                    aria-label={`Choose ${shown(name)}`}
                    checked={chosen.has(name)}
                    onChange={(event) => choose(name, event.currentTarget.checked)}
                  />
                </td>
                <td className={styles.name}>
                  <Icon size={16} stroke={1.7} aria-hidden />
                  {kind === 'other' ? (
                    <span>
                      {shown(name)} <span className="faint">(a link or device: not opened)</span>
                    </span>
                  ) : (
                    <button type="button" onClick={() => open(entry)}>
                      {shown(name)}
                    </button>
                  )}
                </td>
                <td className={styles.minor}>{kind === 'file' ? bytes(entry.bytes) : ''}</td>
                <td className={styles.minor}>
                  <Ago at={new Date(entry.changedAt)} />
                </td>
                <td className={styles.actions}>
                  {kind === 'file' && (
                    <ActionIcon
                      component="a"
                      href={fileAddress(client.id, joinPath(folder, name))}
                      variant="subtle"
                      color="gray"
                      size={28}
                      aria-label={`Download ${shown(name)}`}
                    >
                      <IconDownload size={15} aria-hidden />
                    </ActionIcon>
                  )}
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size={28}
                    aria-label={`Rename ${shown(name)}`}
                    onClick={() => setRenamed(name)}
                  >
                    <IconPencil size={15} aria-hidden />
                  </ActionIcon>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {leftOut > 0 && <p className="faint">{leftOut} more are not shown.</p>}
      <NameDialog
        title={renamed === null ? '' : `Rename ${shown(renamed)}`}
        isOpen={renamed !== null}
        name={renamed ?? ''}
        onClose={() => setRenamed(null)}
        onName={(name) =>
          renamed !== null &&
          move.mutate({ id: client.id, path: joinPath(folder, renamed), to: joinPath(folder, name) })
        }
      />
    </>
  );
}
