'use client';
import { IconArrowRight } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '../_trpc/client';
import { ButtonLink } from '../components/ButtonLink';
import { CalculationTable } from '../lists/CalculationTable';
import { Drafts } from './Drafts';
import { ExampleResult } from './ExampleResult';
import styles from './home.module.css';
import { RunningNow } from './RunningNow';

/** What runs, what has ended, what was begun; and the one next thing to do. */
export function HomePage() {
  const trpc = useTRPC();
  const { data: home } = useSuspenseQuery(trpc.system.home.queryOptions());
  const { running, recent, drafts, exampleCalculationId, counts } = home;
  const example = recent.find(({ id }) => id === exampleCalculationId) ?? null;
  return (
    <div className="page">
      <h1 className="visually-hidden">Home</h1>
      <div className={styles.top}>
        <section aria-labelledby="running-title" className={styles.running}>
          <h2 id="running-title">Running now</h2>
          <RunningNow running={running} />
        </section>
        <div className={styles.start}>
          <ButtonLink
            href="/new"
            prefetch={false}
            size="xl"
            fullWidth
            rightSection={<IconArrowRight size={20} stroke={2} aria-hidden />}
          >
            New calculation
          </ButtonLink>
          <p className="faint">
            From a structure file to bands in four steps. This project holds {counts.calculations}{' '}
            {counts.calculations === 1 ? 'calculation' : 'calculations'} and {counts.structures}{' '}
            {counts.structures === 1 ? 'structure' : 'structures'}.
          </p>
          <Drafts drafts={drafts} />
        </div>
      </div>
      {exampleCalculationId && <ExampleResult id={exampleCalculationId} calculation={example} />}
      <section aria-labelledby="recent-title">
        <div className={styles.sectionHead}>
          <h2 id="recent-title">Finished lately</h2>
          <Link href="/calculations">All calculations</Link>
        </div>
        {recent.length > 0 ? (
          <CalculationTable items={recent} />
        ) : (
          <p className="soft">
            Nothing has finished yet. Silicon’s bands are the first: the platform computes them by itself.
          </p>
        )}
      </section>
    </div>
  );
}
