'use client';
import { IconSitemap } from '@tabler/icons-react';
import Link from 'next/link';
import { type Neighbours, type NodeDetail, type NodeNotes as Notes, titleOf } from '@/server/schemas/provenance';
import { Ago } from '../components/Ago';
import { ButtonLink } from '../components/ButtonLink';
import { CopyValue } from '../components/CopyValue';
import { Notice } from '../components/Notice';
import { StateBadge } from '../components/StateBadge';
import { Formula } from '../components/Typeset';
import { duration } from '../format/time';
import { DeleteNode } from './DeleteNode';
import { ExportNode } from './ExportNode';
import { NodeContent } from './NodeContent';
import { NodeIcon } from './NodeIcon';
import { NodeLinks } from './NodeLinks';
import { NodeNotes } from './NodeNotes';
import { NodeTitle } from './NodeTitle';
import styles from './provenance.module.css';

interface Props {
  node: NodeDetail;
  incoming: Neighbours;
  outgoing: Neighbours;
  notes: Notes;
}

/** One value or process of the graph, with all that is kept of it. */
export function NodePage({ node, incoming, outgoing, notes }: Props) {
  const { item, createdBy, process } = node;
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1 className={styles.title}>
            <NodeIcon item={item} size={24} />
            <span>
              <NodeTitle item={item} />
            </span>
          </h1>
          <p className={styles.kind}>
            {item.type === 'process' ? item.kind : `Value of kind ${item.kind}`}
            {item.type === 'process' && <StateBadge state={item.state} />}
          </p>
          <p className="faint">
            <Ago at={item.createdAt} />
            {createdBy && `, by ${createdBy}`}
          </p>
        </div>
        <div className={styles.tools}>
          <DeleteNode id={item.id} title={titleOf(item)} next={item.type === 'process' ? '/calculations' : '/search'} />
          <ExportNode id={item.id} />
          <ButtonLink href={`/graph/${item.id}`} leftSection={<IconSitemap size={17} stroke={1.7} aria-hidden />}>
            Open the graph
          </ButtonLink>
        </div>
      </header>
      <div className={styles.columns}>
        <div className={styles.stack}>
          {process?.failure && (
            <Notice tone="bad">
              {process.failure.message} {process.failure.advice}
            </Notice>
          )}
          <Facts {...node} />
          <NodeContent {...node} />
        </div>
        <div className={styles.stack}>
          <NodeLinks
            id={item.id}
            direction="in"
            first={incoming}
            title="Comes from"
            none="Nothing: it was brought in from outside."
          />
          <NodeLinks
            id={item.id}
            direction="out"
            first={outgoing}
            title="Led to"
            none="Nothing yet: no process took it."
          />
          <NodeNotes id={item.id} initial={notes} />
        </div>
      </div>
    </div>
  );
}

function Facts({ item, calculation, structure, process }: NodeDetail) {
  const took = process?.startedAt && process.finishedAt;
  const rows: [string, React.ReactNode][] = [
    [
      'Id',
      <CopyValue key="id" value={item.id} name="the id">
        <span className="mono">{item.id}</span>
      </CopyValue>,
    ],
    ['Calculation', calculation && <Link href={`/calculations/${calculation.id}`}>{calculation.label}</Link>],
    [
      'Structure',
      structure && (
        <Link href={`/structures/${structure.id}`}>
          <Formula of={structure.formula} />
          {structure.name !== structure.formula && `, ${structure.name}`}
        </Link>
      ),
    ],
    ['Program', process?.program],
    ['Computer', process?.computer],
    ['Cores', process?.cores],
    ['Took', took && duration((process.finishedAt!.getTime() - process.startedAt!.getTime()) / 1000)],
    ['Exit code', process?.exitCode],
    [
      'Taken over from',
      process?.reusedFromId && (
        <Link href={`/nodes/${process.reusedFromId}`} className="mono">
          {process.reusedFromId}
        </Link>
      ),
    ],
  ];
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) =>
        value === null || value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
