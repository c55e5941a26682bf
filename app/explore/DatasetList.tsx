'use client';
import { IconWorldSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type DatasetSummary, sourceName } from '@/server/schemas/datasets';
import { useTRPC } from '../_trpc/client';
import { ButtonLink } from '../components/ButtonLink';
import { Empty } from '../components/Empty';
import { Notice } from '../components/Notice';
import { counted } from '../format/number';
import { BringUpToDate } from './BringUpToDate';
import styles from './explore.module.css';
import { ImportDataset } from './ImportDataset';
import { ImportState, isInWork } from './ImportState';
import { KeptList } from './KeptList';
import { RemoveDataset } from './RemoveDataset';

const LOOK_AGAIN_MS = 1_000;
const EXAMPLES_SHOWN = 12;

/** The databases that can be browsed, those that are on their way among them, and the way to bring one. */
export function DatasetList() {
  const trpc = useTRPC();
  const { data = [] } = useQuery({
    ...trpc.datasets.list.queryOptions(),
    refetchInterval: ({ state }) => (state.data?.some(isInWork) ? LOOK_AGAIN_MS : false),
  });
  return (
    <div className="page">
      <div className="page-head">
        <h1>Explore</h1>
        <div className={styles.heads}>
          <ButtonLink
            variant="default"
            href="/explore/elsewhere"
            leftSection={<IconWorldSearch size={17} stroke={1.7} aria-hidden />}
          >
            Search databases elsewhere
          </ButtonLink>
          <ButtonLink variant="default" href="/explore/curate">
            Curate
          </ButtonLink>
        </div>
      </div>
      {data.length === 0 ? (
        <Empty title="No databases yet">
          A database of materials is searched here by element, formula and property, drawn, compared and computed with.
          Bring one below, from a file or from a server of OPTIMADE.
        </Empty>
      ) : (
        <ul className={styles.cards}>
          {data.map((dataset) => (
            <Card key={dataset.id} dataset={dataset} />
          ))}
        </ul>
      )}
      <KeptList />
      <ImportDataset />
    </div>
  );
}

/** What was not taken, and why; not all of it where it is much. */
function LeftOut({ of: { refused, repeated, examples } }: { of: DatasetSummary['report'] }) {
  const shown = examples.slice(0, EXAMPLES_SHOWN);
  const more = refused + repeated - shown.length;
  return (
    <details className={styles.leftOut}>
      <summary>What was left out, and why</summary>
      <ul>
        {shown.map(({ what, why }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may be called the same, and none moves.
          <li key={i}>
            <strong>{what}</strong>: {why}
          </li>
        ))}
        {more > 0 && <li>and {counted(more, 'other', 'others')}</li>}
      </ul>
    </details>
  );
}

function Card({ dataset }: { dataset: DatasetSummary }) {
  const { slug, title, state, entryCount, report, source, licence, description, properties } = dataset;
  const left = report.refused + report.repeated;
  return (
    <li className={styles.card}>
      <h2>
        <Link href={`/explore/${slug}`}>{title}</Link>
      </h2>
      {description && <p className="soft">{description}</p>}
      <ImportState dataset={dataset} />
      {state === 'ready' && entryCount === 0 && report.refused > 0 && (
        <Notice tone="warn">
          Nothing of {sourceName(source)} could be taken: {report.examples[0]?.why}
        </Notice>
      )}
      <p className={styles.numbers}>
        {counted(entryCount, 'entry', 'entries')}, {counted(properties.length, 'property', 'properties')}
        {left > 0 && `, ${left} left out`}
        {licence && `. ${licence}`}
      </p>
      {left > 0 && <LeftOut of={report} />}
      {dataset.isOurs && state === 'ready' && <BringUpToDate dataset={dataset} />}
      {dataset.isOurs && <RemoveDataset dataset={dataset} />}
    </li>
  );
}
