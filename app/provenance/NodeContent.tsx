'use client';
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { NodeDetail } from '@/server/schemas/provenance';
import shared from '../components/file-table.module.css';
import { bytes } from '../format/number';
import styles from './provenance.module.css';

/** Longer content is folded: a browser sets a megabyte of text slowly. */
const SHOWN_MAX = 20_000;

/** The value itself, and its files. */
export function NodeContent({ value, files, schemaVersion }: NodeDetail) {
  const [isWhole, setIsWhole] = useState(false);
  const text = value === null ? '' : JSON.stringify(value, null, 2);
  const isLong = text.length > SHOWN_MAX;
  return (
    <>
      {value !== null && (
        <section aria-labelledby="content-title">
          <h2 id="content-title">
            Content <span className="faint">version {schemaVersion} of its form</span>
          </h2>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region that keys must reach. */}
          <pre className={styles.value} tabIndex={0}>
            {isLong && !isWhole ? `${text.slice(0, SHOWN_MAX)}\n…` : text}
          </pre>
          {isLong && !isWhole && (
            <Button variant="default" size="compact-sm" onClick={() => setIsWhole(true)}>
              Show all {bytes(text.length)}
            </Button>
          )}
        </section>
      )}
      {files.length > 0 && (
        <section aria-labelledby="files-title">
          <h2 id="files-title">Files</h2>
          <table className={shared.files}>
            <thead>
              <tr>
                <th scope="col">File</th>
                <th scope="col">Size</th>
              </tr>
            </thead>
            <tbody>
              {files.map((file) => (
                <tr key={file.name}>
                  <td>
                    <a href={file.href} download className="mono">
                      {file.name}
                    </a>
                  </td>
                  <td>{bytes(file.bytes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
