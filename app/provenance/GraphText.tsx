'use client';
import { Button } from '@mantine/core';
import Link from 'next/link';
import { useState } from 'react';
import { edgeWords } from '@/server/schemas/provenance';
import { StateBadge } from '../components/StateBadge';
import type { GraphLayout, PlacedNode } from './graph-layout';
import { NodeTitle } from './NodeTitle';
import styles from './provenance.module.css';

const SHOWN = 100;

interface Props {
  layout: GraphLayout;
  selected: string;
  onSelect: (id: string) => void;
}

/** The open part of the graph as text: step by step, each node with what led to it. */
export function GraphText({ layout, selected, onSelect }: Props) {
  return (
    <ol className={styles.textSteps}>
      {layout.columns.map((column) => (
        <li key={column[0]!.depth}>
          <h2>{depthWords(column[0]!.depth)}</h2>
          <Column column={column} layout={layout} selected={selected} onSelect={onSelect} />
        </li>
      ))}
    </ol>
  );
}

function Column({ column, layout, selected, onSelect }: Props & { column: PlacedNode[] }) {
  const [shown, setShown] = useState(SHOWN);
  return (
    <>
      <ul className={styles.textNodes}>
        {column.slice(0, shown).map(({ item }) => (
          <li key={item.id} data-selected={item.id === selected || undefined}>
            <Link href={`/nodes/${item.id}`}>
              <NodeTitle item={item} />
            </Link>{' '}
            {item.type === 'process' && <StateBadge state={item.state} />}
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() => onSelect(item.id)}
              aria-pressed={item.id === selected}
            >
              Select
            </Button>
            <span className="faint">{leadingTo(item.id, layout)}</span>
          </li>
        ))}
      </ul>
      {column.length > shown && (
        <Button variant="default" size="compact-sm" onClick={() => setShown(shown + SHOWN)}>
          {Math.min(SHOWN, column.length - shown)} more of {column.length}
        </Button>
      )}
    </>
  );
}

/** "made as result by Bands", from the side of the node. */
function leadingTo(id: string, { edgesOf, nodes }: GraphLayout): string {
  const before = (edgesOf.get(id) ?? []).filter((edge) => edge.to === id).slice(0, 6);
  return before
    .map(({ kind, name, from }) => {
      const other = nodes.get(from)!.item;
      const title = other.type === 'process' ? other.title : name;
      return kind === 'input' ? `took ${name}` : `${edgeWords[kind]} as ${name} by ${title}`;
    })
    .join(', ');
}

function depthWords(depth: number): string {
  if (depth === 0) return 'Here';
  const steps = Math.abs(depth) === 1 ? 'One step' : `${Math.abs(depth)} steps`;
  return depth < 0 ? `${steps} before` : `${steps} after`;
}
