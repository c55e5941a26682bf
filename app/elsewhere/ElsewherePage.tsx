'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import type { StructureDetail } from '@/server/schemas/structure';
import { useTRPC } from '../_trpc/client';
import { Ago } from '../components/Ago';
import { Notice } from '../components/Notice';
import { Formula } from '../components/Typeset';
import styles from './elsewhere.module.css';
import { SearchElsewhere } from './SearchElsewhere';
import { ServerList } from './ServerList';

/** Databases of other servers, searched together; and which servers those are. */
export function ElsewherePage() {
  const [taken, setTaken] = useState<StructureDetail | null>(null);
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <p className="soft">
            <Link href="/explore">Explore</Link>
          </p>
          <h1>Search databases elsewhere</h1>
          <p className="faint">
            Servers of OPTIMADE are asked all at once. What several of them have is one row. Nothing of yours is sent
            but the search.
          </p>
        </div>
      </header>
      <div className={styles.parts}>
        <div role="status">
          {taken && (
            <Notice tone="calm">
              <Formula of={taken.formula} /> from {taken.source.fileName} is in the project now:{' '}
              <Link href={`/structures/${taken.id}`}>look at it</Link>, or{' '}
              <Link href={`/new?structure=${taken.id}`} prefetch={false}>
                compute with it
              </Link>
              .
            </Notice>
          )}
        </div>
        <SearchElsewhere onTaken={setTaken} takeLabel="Take into the project" />
        <RecentSearches />
        <ServerList />
      </div>
    </div>
  );
}

function RecentSearches() {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.elsewhere.searches.queryOptions());
  if (data.length === 0) return null;
  return (
    <section aria-labelledby="recent-title">
      <h2 id="recent-title">Recent searches</h2>
      <ul className={styles.recent}>
        {data.map(({ id, text, sitesMin, sitesMax, createdAt }) => (
          <li key={id}>
            <Link href={`/explore/elsewhere?search=${id}`} prefetch={false}>
              {text}
            </Link>
            <span className="faint">
              {sitesMin !== null && `from ${sitesMin} `}
              {sitesMax !== null && `to ${sitesMax} `}
              {(sitesMin !== null || sitesMax !== null) && 'sites, '}
              <Ago at={createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
