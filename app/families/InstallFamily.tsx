'use client';
import { Button, Progress, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { FAMILY_BYTES_MAX } from '@/server/schemas/pseudopotentials';
import { useTRPC } from '../_trpc/client';
import { CopyValue } from '../components/CopyValue';
import { DropZone } from '../components/DropZone';
import { Notice } from '../components/Notice';
import { bytes } from '../format/number';
import styles from './families.module.css';
import { nameOfArchive, uploadFamily } from './upload-family';

/** An archive, the name it shall have, and what became of it; or the command line. */
export function InstallFamily() {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const errorId = useId();
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  /** Of the bytes on their way; null where none are. */
  const [share, setShare] = useState<number | null>(null);
  const install = useMutation({
    mutationFn: () => uploadFamily(file!, name.trim(), setShare),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries(trpc.pseudopotentials.list.pathFilter());
      setFile(null);
      router.push(`/pseudopotentials?family=${id}`);
    },
    onSettled: () => setShare(null),
  });
  const done = install.data;
  return (
    <section aria-labelledby="install-title" className={styles.install}>
      <h2 id="install-title">Install a family</h2>
      {install.error && (
        <Notice tone="bad" id={errorId} role="alert">
          {install.error.message}
        </Notice>
      )}
      {done && (
        <Notice tone="calm" role="status">
          <p>
            {done.name} is installed with {done.elements.length} {done.elements.length === 1 ? 'element' : 'elements'}.
            Choose it in the wizard, with Quantum ESPRESSO as the engine.
          </p>
          {done.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Notice>
      )}
      <DropZone
        what="an archive"
        label="Archive of pseudopotentials"
        accept=".zip,.tar,.gz,.tgz"
        hint={`zip or tar.gz with UPF files, and the table of cutoffs of SSSP or PseudoDojo where there is one; up to ${bytes(FAMILY_BYTES_MAX)}`}
        isBusy={install.isPending}
        describedBy={install.isError ? errorId : undefined}
        onFile={(chosen) => {
          install.reset();
          setFile(chosen);
          setName(nameOfArchive(chosen.name));
        }}
      />
      {file && (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            install.mutate();
          }}
        >
          <TextInput
            label="Name of the family"
            description={`${file.name}, ${bytes(file.size)}`}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={100}
            disabled={install.isPending}
            className={styles.nameField}
          />
          <Button type="submit" loading={install.isPending} disabled={name.trim() === ''}>
            Install
          </Button>
          <Button variant="default" onClick={() => setFile(null)} disabled={install.isPending}>
            Leave it
          </Button>
          {share !== null && (
            <div className={styles.busy} role="status">
              <Progress value={100 * share} aria-label="Upload of the archive" animated={share === 1} />
              <span className="faint figures">
                {share < 1 ? `Uploading, ${Math.floor(100 * share)} %` : 'Unpacking and checking the files'}
              </span>
            </div>
          )}
        </form>
      )}
      <div className={styles.command}>
        <span className="faint">Or on the command line, with a folder or an archive:</span>
        <CopyValue value={COMMAND} name="the command">
          <code>{COMMAND}</code>
        </CopyValue>
      </div>
    </section>
  );
}

const COMMAND = 'node bin/brine.mjs family install SSSP_1.3.0_PBE_efficiency.tar.gz';
