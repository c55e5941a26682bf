'use client';
import { Button, Progress, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { DATASET_BYTES_MAX } from '@/server/schemas/datasets';
import { useTRPC } from '../_trpc/client';
import { CopyValue } from '../components/CopyValue';
import { DropZone } from '../components/DropZone';
import { Notice } from '../components/Notice';
import { upload } from '../components/upload';
import { bytes } from '../format/number';
import styles from './explore.module.css';
import { ImportRemote } from './ImportRemote';

const COMMAND = 'node bin/brine.mjs dataset import entries.jsonl.gz --name "My crystals"';
const titleOf = (fileName: string) =>
  fileName.replace(/(\.optimade|\.jsonl|\.json|\.gz|\.zip|\.csv)+$/i, '').slice(0, 100);

const ways = [
  { value: 'file', label: 'A file' },
  { value: 'optimade', label: 'An OPTIMADE server' },
  { value: 'address', label: 'An address' },
] as const;
type Way = (typeof ways)[number]['value'];

/** The ways to bring a database: a file, or where one is elsewhere; or the command line. */
export function ImportDataset() {
  const [way, setWay] = useState<Way>('file');
  return (
    <section aria-labelledby="import-title" className={styles.import}>
      <h2 id="import-title">Bring a database</h2>
      <SegmentedControl
        size="sm"
        mb="sm"
        aria-label="From where"
        value={way}
        onChange={(value) => setWay(value as Way)}
        data={ways.map((one) => ({ ...one }))}
      />
      {way === 'file' ? <ImportFile /> : <ImportRemote key={way} kind={way} />}
      <p className="faint" style={{ marginTop: 16 }}>
        Or on the command line:{' '}
        <CopyValue value={COMMAND} name="the command">
          <code>{COMMAND}</code>
        </CopyValue>
      </p>
    </section>
  );
}

/** A file with a database, the name it shall have, and what becomes of it. */
function ImportFile() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [title, setTitle] = useState('');
  const [share, setShare] = useState<number | null>(null);
  const start = useMutation({
    mutationFn: () => {
      const query = new URLSearchParams({ name: title.trim(), fileName: file!.name });
      return upload(`/api/datasets/import?${query}`, file!, { bytesMax: DATASET_BYTES_MAX, onShare: setShare });
    },
    onSuccess: async () => {
      setFile(null);
      await queryClient.invalidateQueries(trpc.datasets.list.pathFilter());
    },
    onSettled: () => setShare(null),
  });
  return (
    <>
      {start.error && (
        <Notice tone="bad" role="alert">
          {start.error.message}
        </Notice>
      )}
      <DropZone
        what="a file"
        label="File of a database"
        accept=".jsonl,.json,.gz,.zip,.csv"
        hint={`OPTIMADE JSON Lines, packed with gzip or not; a zip of CIF files with a CSV of their properties; or a table. Up to ${bytes(DATASET_BYTES_MAX)}`}
        isBusy={start.isPending}
        onFile={(chosen) => {
          start.reset();
          setFile(chosen);
          setTitle(titleOf(chosen.name));
        }}
      />
      {file && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            start.mutate();
          }}
        >
          <TextInput
            label="Name of the database"
            description={`${file.name}, ${bytes(file.size)}`}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            maxLength={100}
            disabled={start.isPending}
          />
          <Button type="submit" loading={start.isPending} disabled={title.trim() === ''}>
            Bring it
          </Button>
          <Button variant="default" onClick={() => setFile(null)} disabled={start.isPending}>
            Leave it
          </Button>
          {share !== null && (
            <Progress
              value={100 * share}
              style={{ flexBasis: '100%' }}
              aria-label="Upload of the file"
              animated={share === 1}
            />
          )}
        </form>
      )}
    </>
  );
}
