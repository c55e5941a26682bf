'use client';
import { Button, FileButton } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import Link from 'next/link';
import { useState } from 'react';
import type { ImportReport } from '@/server/schemas/provenance';
import { Notice } from '../components/Notice';
import styles from './search.module.css';

/** Takes an archive into the project and tells what came of it. */
export function ImportArchive() {
  const [isBusy, setIsBusy] = useState(false);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (file: File | null) => {
    if (!file) return;
    setIsBusy(true);
    setReport(null);
    setProblem(null);
    try {
      const response = await fetch('/api/provenance/import', { method: 'POST', body: file });
      const answer = await response.json();
      if (response.ok) setReport(answer as ImportReport);
      else setProblem((answer as { error: { message: string } }).error.message);
    } catch {
      setProblem('The archive did not arrive. Look whether the platform still runs in its terminal, then try again.');
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <div className={styles.import}>
      <FileButton onChange={(file) => void send(file)} accept="application/zip,.zip,.aiida" disabled={isBusy}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            loading={isBusy}
            leftSection={<IconUpload size={17} stroke={1.7} aria-hidden />}
          >
            Import an archive
          </Button>
        )}
      </FileButton>
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      {report && (
        <Notice tone={report.skipped.length > 0 ? 'warn' : 'calm'} role="status">
          {sentenceOf(report)}
          {report.roots[0] && (
            <>
              {' '}
              <Link href={`/graph/${report.roots[0]}`}>Open it in the graph</Link>
            </>
          )}
          {report.skipped.length > 0 && (
            <ul>
              {report.skipped.map(({ what, why }) => (
                <li key={`${what} ${why}`}>
                  Left out: {what}: {why}
                </li>
              ))}
            </ul>
          )}
          {report.skippedMore > 0 && <p>And {report.skippedMore} more.</p>}
        </Notice>
      )}
    </div>
  );
}

function sentenceOf({ added, merged }: ImportReport): string {
  const { nodes, processes, structures } = added;
  if (nodes + processes + structures === 0) return `All of it was here already: ${merged} values and processes.`;
  return `${nodes} values, ${processes} processes and ${structures} structures are new; ${merged} were here.`;
}
