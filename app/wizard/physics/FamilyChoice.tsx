'use client';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { messageOf, useTRPC } from '../../_trpc/client';
import { Notice } from '../../components/Notice';
import { functionalWords } from '../../families/family-words';
import { useWizard } from '../draft-context';
import styles from './physics.module.css';

/** The families that are there. The embedded engine takes the built-in one only. */
export function FamilyChoice() {
  const trpc = useTRPC();
  const { draft, update } = useWizard();
  const families = useQuery(trpc.pseudopotentials.list.queryOptions());
  const { engine, pseudopotentialFamilyId } = draft.data;
  if (engine === 'planewave' && pseudopotentialFamilyId === null) return null;
  if (families.error) return <Notice tone="bad">{messageOf(families.error)}</Notice>;
  const all = families.data ?? [];
  const chosen = all.find(({ id }) => id === pseudopotentialFamilyId);
  return (
    <div className={styles.block}>
      <NativeSelect
        label="Family of pseudopotentials"
        w={420}
        maw="100%"
        value={pseudopotentialFamilyId ?? ''}
        onChange={(event) => update({ pseudopotentialFamilyId: event.currentTarget.value || null })}
        data={all.map(({ id, name, functional, elements }) => ({
          value: id ?? '',
          label:
            id === null ? `${name} (built in)` : `${name}: ${functionalWords(functional)}, ${elements.length} elements`,
        }))}
      />
      {chosen && <p className="faint">{chosen.description}</p>}
      <p className="faint">
        <Link href="/pseudopotentials">{all.length === 1 ? 'Install another family' : 'Look at the families'}</Link>
      </p>
    </div>
  );
}
