'use client';
import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { Suspense } from 'react';
import type { CalculationMaking, EntryDetail, EntryMaking, Hull, Kin } from '@/server/schemas/datasets';
import { PROVENANCE_PROPERTY } from '@/server/schemas/publication';
import { messageOf, useTRPC } from '../_trpc/client';
import { compareAddress } from '../compare/compare-address';
import { ButtonLink } from '../components/ButtonLink';
import { Notice } from '../components/Notice';
import { Formula, SpaceGroup } from '../components/Typeset';
import { DiffractionPanel } from '../diffraction/DiffractionPanel';
import { counted } from '../format/number';
import { StructureView } from '../structure/StructureView';
import { CalculationMade } from './CalculationMade';
import { CellSwitch } from './CellSwitch';
import { DatasetFacts } from './DatasetFacts';
import { EntryProperties } from './EntryProperties';
import styles from './entry.module.css';
import { HowMade } from './HowMade';
import { HullPanel } from './HullPanel';
import { KinPanel } from './KinPanel';

interface Props {
  entry: EntryDetail;
  hull: Hull | null;
  /** Null of what others computed. */
  making: EntryMaking | CalculationMaking | null;
  /** Comes behind the rest: it may take a moment to look through a large dataset. */
  kin: Promise<Kin>;
}

/** One material of a dataset: its structure, its values and where they come from, its kin, and the way to compute with it. */
export function EntryPage({ entry, hull, making, kin }: Props) {
  const trpc = useTRPC();
  const router = useRouter();
  const { dataset, key, structure, properties, related, references, cell, cellNote } = entry;
  const isCrystal = structure.periodic.every(Boolean);
  const compute = useMutation(
    trpc.datasets.takeStructure.mutationOptions({ onSuccess: ({ id }) => router.push(`/new?structure=${id}`) }),
  );
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <p className={styles.crumb}>
            <Link href="/explore">Explore</Link> / <Link href={`/explore/${dataset.slug}`}>{dataset.title}</Link>
          </p>
          <h1>
            <Formula of={structure.formula} />
            {structure.symmetry && (
              <span className={styles.group}>
                <SpaceGroup symbol={structure.symmetry.spaceGroupSymbol} />
              </span>
            )}
          </h1>
          <p className="faint">
            {key}, {counted(structure.sites, 'atom')} in the cell
          </p>
        </div>
        <div className={styles.actions}>
          <ButtonLink variant="default" href={compareAddress([{ slug: dataset.slug, key }])}>
            Compare
          </ButtonLink>
          <Button
            loading={compute.isPending}
            onClick={() => compute.mutate({ slug: dataset.slug, key, cell })}
            rightSection={<IconArrowRight size={17} stroke={2} aria-hidden />}
          >
            Compute with it here
          </Button>
        </div>
      </header>
      {compute.error && (
        <Notice tone="bad" role="alert">
          {messageOf(compute.error)}
        </Notice>
      )}
      {isCrystal && <CellSwitch cell={cell} />}
      {cellNote && <Notice tone="warn">It is shown as it was given: {cellNote}</Notice>}
      <StructureView structure={structure} />
      <div className={styles.below}>
        <div>
          <EntryProperties
            // Said under “How this was made”.
            properties={properties.filter(({ definition }) => definition.name !== PROVENANCE_PROPERTY)}
            slug={dataset.slug}
          />
          {hull && <HullPanel hull={hull} slug={dataset.slug} />}
          {making?.from === 'kernel' && <HowMade making={making} entryKey={key} />}
          {making?.from === 'calculation' && <CalculationMade making={making} />}
        </div>
        <section aria-labelledby="source-title">
          <h2 id="source-title">Source</h2>
          <dl className={styles.source}>
            <DatasetFacts dataset={dataset} />
            {references.map(({ key: id, attributes }) => (
              <Reference key={id} id={id} attributes={attributes} />
            ))}
            <dt>For programs</dt>
            <dd>
              <a href={`/optimade/${dataset.slug}/v1/structures/${encodeURIComponent(key)}`}>OPTIMADE entry</a>
            </dd>
          </dl>
          <Bonds entry={entry} onTake={(layer) => compute.mutate({ slug: dataset.slug, key, layer })} />
          <Suspense fallback={<p className={styles.kinNote}>Looking for its kin…</p>}>
            <KinPanel kin={kin} own={{ slug: dataset.slug, key }} related={related} />
          </Suspense>
        </section>
      </div>
      {isCrystal && <DiffractionPanel structure={structure} slug={dataset.slug} />}
    </div>
  );
}

const bondWords = {
  0: 'Molecules: bonds join its atoms to pieces that end.',
  1: 'Chains: bonds go on without end in one direction.',
  2: 'Layers: bonds go on without end in two directions.',
  3: 'A framework: bonds go on without end in all directions.',
} as const;

/** How far bonds go; of a layered crystal each single layer, to compute with. */
function Bonds({
  entry: { dimensions, layers },
  onTake,
}: {
  entry: Pick<EntryDetail, 'dimensions' | 'layers'>;
  onTake: (layer: number) => void;
}) {
  if (dimensions === null) return null;
  return (
    <>
      <h2 className={styles.relatedTitle}>Bonds</h2>
      <p className={styles.bonds}>{bondWords[dimensions]}</p>
      {layers.map(({ formula, sites }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place.
        <Button key={i} variant="light" size="compact-sm" mt={8} onClick={() => onTake(i)}>
          Compute with a single layer of <Formula of={formula} />, {counted(sites, 'atom')}
        </Button>
      ))}
    </>
  );
}

function Reference({ id, attributes }: { id: string; attributes: Record<string, unknown> }) {
  const text = (name: string) => (typeof attributes[name] === 'string' ? (attributes[name] as string) : null);
  const doi = text('doi');
  const line = [text('title'), text('journal'), text('year')].filter((part) => part !== null).join(', ');
  return (
    <>
      <dt>Reference</dt>
      <dd>
        {line || id}
        {doi && (
          <>
            {', '}
            <a href={`https://doi.org/${encodeURI(doi)}`} rel="noreferrer">
              {doi}
            </a>
          </>
        )}
      </dd>
    </>
  );
}
