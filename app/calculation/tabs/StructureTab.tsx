'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { messageOf, useTRPC } from '../../_trpc/client';
import { Notice } from '../../components/Notice';
import { StructureView } from '../../structure/StructureView';
import styles from '../calculation.module.css';
import type { TabProps } from './tab-props';

/** The structure that was computed. */
export function StructureTab({ calculation }: TabProps) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.structures.get.queryOptions({ id: calculation.structureId }));
  if (error) return <Notice tone="bad">{messageOf(error)}</Notice>;
  if (!data) return <div className={styles.waiting} />;
  return (
    <div className={styles.stack}>
      <StructureView structure={data} />
      <p>
        <Link href={`/structures/${data.id}`}>The structure by itself</Link>, with its exports.
      </p>
    </div>
  );
}
