'use client';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { messageOf, useTRPC } from '../../_trpc/client';
import { Notice } from '../../components/Notice';
import { Formula } from '../../components/Typeset';
import { groupExamples } from './group-examples';
import styles from './structure-step.module.css';
import { useChooseStructure } from './use-choose-structure';

/** Well-known crystals, by class. */
export function ExampleSource({ pictures }: { pictures: Record<string, ReactNode> }) {
  const trpc = useTRPC();
  const choose = useChooseStructure();
  const [wanted, setWanted] = useState('');
  const examples = useQuery(trpc.structures.examples.queryOptions());
  const take = useMutation(trpc.structures.createFromExample.mutationOptions({ onSuccess: choose }));
  const groups = groupExamples(examples.data ?? [], wanted);
  const problem = examples.error ?? take.error;
  return (
    <div className={styles.parts}>
      <TextInput
        aria-label="Search the examples"
        placeholder="Name, formula or class"
        leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      {problem && (
        <Notice tone="bad" role="alert">
          {messageOf(problem)}
        </Notice>
      )}
      {groups.map(({ group, items }) => (
        <section key={group} aria-label={group}>
          <h3 className={styles.groupTitle}>{group}</h3>
          <ul className={styles.cards}>
            {items.map(({ id, name, formula, description }) => (
              <li key={id}>
                <button
                  type="button"
                  className={styles.card}
                  onClick={() => take.mutate({ exampleId: id })}
                  aria-busy={take.isPending && take.variables.exampleId === id}
                  title={description}
                >
                  <span className={styles.picture}>{pictures[id]}</span>
                  <span className={styles.cardFormula}>
                    <Formula of={formula} />
                  </span>
                  <span className={styles.cardName}>{name}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p role="status" className="soft">
        {examples.isSuccess && groups.length === 0 ? `No example fits “${wanted}”. Clear the search to see all.` : ''}
      </p>
    </div>
  );
}
