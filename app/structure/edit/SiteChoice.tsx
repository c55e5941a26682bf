'use client';
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { selectSites } from '@/kernels/crystal/edit/select-sites';
import type { Structure } from '@/kernels/crystal/schema';
import { messageOf } from '../../_trpc/client';
import styles from './editor.module.css';

interface Props {
  structure: Structure;
  chosen: readonly number[];
  onChoose: (sites: number[]) => void;
}

/** Atoms chosen by an expression, and what is chosen. */
export function SiteChoice({ structure, chosen, onChoose }: Props) {
  const [expression, setExpression] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    try {
      const sites = selectSites(structure, expression);
      setProblem(sites.length === 0 ? 'No atom is like this.' : null);
      onChoose(sites);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <form className={styles.choice} onSubmit={submit}>
      <TextInput
        label="Choose atoms"
        placeholder="Si and z > 0.5"
        description="An element, numbers (1-4), x, y, z, label, within 2.5 of 3; and, or, not, brackets"
        value={expression}
        onChange={(event) => setExpression(event.currentTarget.value)}
        error={problem}
        spellCheck={false}
        autoCapitalize="off"
        styles={{ input: { fontFamily: 'var(--font-mono)', fontSize: 13 } }}
      />
      <div className={styles.buttons}>
        <Button type="submit" variant="default" size="compact-md">
          Choose
        </Button>
        <Button
          variant="subtle"
          size="compact-md"
          disabled={chosen.length === 0}
          onClick={() => {
            onChoose([]);
            setProblem(null);
          }}
        >
          None
        </Button>
        <span className="soft" role="status">
          {chosen.length === 0 ? 'No atom is chosen' : `${chosen.length} of ${structure.sites.length} chosen`}
        </span>
      </div>
    </form>
  );
}
