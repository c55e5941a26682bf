'use client';
import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { messageOf } from '../../_trpc/client';
import { Notice } from '../../components/Notice';
import { useOpenNotebook } from '../use-notebook';
import { fileAddress, getText, putFile, type TextFile } from './file-transfer';
import styles from './files.module.css';

const MonacoText = lazy(() => import('./MonacoText'));

/** A text file in an editor. What changed meanwhile is not overwritten. */
export function FileEditor({ path, onClose }: { path: string; onClose: () => void }) {
  const { client } = useOpenNotebook();
  const [file, setFile] = useState<TextFile | null>(null);
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  useEffect(() => {
    getText(fileAddress(client.id, path)).then(
      (read) => {
        setFile(read);
        setText(read.text);
      },
      (err) => setFault(messageOf(err)),
    );
  }, [client.id, path]);
  const isChanged = file !== null && text !== file.text;
  const save = async (text: string) => {
    if (!file) return;
    setIsSaving(true);
    setFault(null);
    try {
      const mark = await putFile(fileAddress(client.id, path, { mark: file.mark }), text);
      setFile({ text, mark });
    } catch (err) {
      setFault(messageOf(err));
    } finally {
      setIsSaving(false);
    }
  };
  return (
    <section aria-label={`File ${path}`} className={styles.editor}>
      <div className={styles.tools}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconArrowLeft size={15} aria-hidden />}
          onClick={onClose}
        >
          {isChanged ? 'Back without saving' : 'All files'}
        </Button>
        <Button size="compact-sm" onClick={() => void save(text)} loading={isSaving} disabled={!isChanged}>
          Save
        </Button>
        <span className="faint" role="status">
          {file && (isChanged ? 'Not saved' : 'Saved')}
        </span>
      </div>
      <h2 className={styles.path}>{path}</h2>
      {fault && (
        <Notice tone="bad" role="alert">
          {fault}
        </Notice>
      )}
      {!file && !fault && <p className="faint">Reading the file…</p>}
      {file && (
        <Suspense fallback={<p className="faint">The editor comes…</p>}>
          <MonacoText path={path} text={file.text} onText={setText} onSave={(now) => void save(now)} />
        </Suspense>
      )}
    </section>
  );
}
