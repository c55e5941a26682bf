'use client';
import { Button } from '@mantine/core';
import Link from 'next/link';
import { useState } from 'react';
import { type Direction, edgeWords, type Neighbours } from '@/server/schemas/provenance';
import { messageOf, useTRPCClient } from '../_trpc/client';
import { Notice } from '../components/Notice';
import { StateBadge } from '../components/StateBadge';
import { NodeIcon } from './NodeIcon';
import { NodeTitle } from './NodeTitle';
import styles from './provenance.module.css';

interface Props {
  id: string;
  direction: Direction;
  first: Neighbours;
  title: string;
  none: string;
}

/** The nodes next to one on one side, page by page. */
export function NodeLinks({ id, direction, first, title, none }: Props) {
  const client = useTRPCClient();
  const [part, setPart] = useState(first);
  const [problem, setProblem] = useState<string | null>(null);
  const byId = new Map(part.items.map((item) => [item.id, item]));
  const more = async () => {
    try {
      const next = await client.provenance.neighbours.query({ id, direction, cursor: part.nextCursor });
      setPart({
        items: [...part.items, ...next.items],
        edges: [...part.edges, ...next.edges],
        nextCursor: next.nextCursor,
      });
      setProblem(null);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <section aria-labelledby={`links-${direction}`}>
      <h2 id={`links-${direction}`}>{title}</h2>
      {part.edges.length === 0 ? (
        <p className="soft">{none}</p>
      ) : (
        <ul className={styles.links}>
          {part.edges.map((edge) => {
            const item = byId.get(direction === 'in' ? edge.from : edge.to)!;
            return (
              <li key={edge.id}>
                <NodeIcon item={item} />
                <Link href={`/nodes/${item.id}`}>
                  <NodeTitle item={item} />
                </Link>
                <span className="faint">
                  {edgeWords[edge.kind]} as {edge.name}
                </span>
                {item.type === 'process' && <StateBadge state={item.state} />}
              </li>
            );
          })}
        </ul>
      )}
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      {part.nextCursor && (
        <Button variant="default" size="compact-sm" onClick={() => void more()}>
          More
        </Button>
      )}
    </section>
  );
}
