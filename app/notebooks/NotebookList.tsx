'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { useTRPC } from '../_trpc/client';
import { Ago } from '../components/Ago';
import { Empty } from '../components/Empty';
import { Notice } from '../components/Notice';
import styles from '../lists/lists.module.css';
import { Pager } from '../lists/Pager';
import { type ListPlace, languageOf, listInput, placeAddress } from './list-place';
import { NewNotebook } from './NewNotebook';
import { Places } from './Places';
import { RowMenu } from './RowMenu';

/** The project's notebooks, and the ways to begin one. */
export function NotebookList({ place }: { place: ListPlace }) {
  const trpc = useTRPC();
  const [fault, setFault] = useState<string | null>(null);
  const { data } = useQuery({
    ...trpc.notebooks.list.queryOptions(listInput(place)),
    placeholderData: keepPreviousData,
  });
  const items = data?.items ?? [];
  const { isArchived, after } = place;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{isArchived ? 'Archived notebooks' : 'Notebooks'}</h1>
        <NewNotebook onFault={setFault} />
      </div>
      {!isArchived && <Places here="/notebooks" />}
      {fault && (
        <Notice tone="bad" role="alert">
          {fault}
        </Notice>
      )}
      {items.length > 0 ? (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Language</th>
              <th scope="col">Changed</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((notebook) => (
              <tr key={notebook.id}>
                <td className={styles.label}>
                  <Link href={`/notebooks/${notebook.id}`}>{notebook.name}</Link>
                </td>
                <td className={styles.minor}>{languageOf(notebook.spec)}</td>
                <td className={styles.minor}>
                  <Ago at={notebook.updatedAt} />
                </td>
                <td className={styles.action}>
                  <RowMenu notebook={notebook} onFault={setFault} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <Empty title={isArchived ? 'Nothing is archived' : 'No notebooks yet'}>
          {isArchived
            ? 'A notebook that is archived leaves the list and keeps all that is in it.'
            : 'A notebook holds code, text and what the code gave. It runs on the platform: close the page, and it runs on. Begin one, or bring an .ipynb file from Jupyter.'}
        </Empty>
      )}
      <Pager
        newer={after.length > 0 ? placeAddress({ isArchived, after: after.slice(0, -1) }) : null}
        older={data?.nextCursor ? placeAddress({ isArchived, after: [...after, data.nextCursor] }) : null}
      />
      <p style={{ marginTop: 20 }}>
        <Link href={placeAddress({ isArchived: !isArchived, after: [] })} prefetch={false}>
          {isArchived ? 'Back to the notebooks' : 'Archived notebooks'}
        </Link>
      </p>
    </div>
  );
}
