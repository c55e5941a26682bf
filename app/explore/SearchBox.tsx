'use client';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Understood } from '@/server/schemas/explorer/interpret';
import { Formula } from '../components/Typeset';
import styles from './explore.module.css';

interface Props {
  text: string;
  understood: Understood | null;
  /** Why the server could not answer the filter. */
  fault: string | null;
  onText: (text: string) => void;
}

/** While a filter of OPTIMADE is typed the server is not asked at each key. */
const PAUSE_MS = 250;

/** One box for formulas, systems, patterns, ids and filters; under it, what it was understood as. */
export function SearchBox({ text, understood, fault, onText }: Props) {
  const [draft, setDraft] = useState(text);
  useEffect(() => setDraft(text), [text]);
  useEffect(() => {
    if (draft === text) return;
    const timer = setTimeout(() => onText(draft), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft, text, onText]);
  return (
    <div className={styles.search}>
      <TextInput
        aria-label="Search"
        placeholder="Fe2O3, Li-Fe-P-O, *TiO3, A2B, an id or an OPTIMADE filter"
        leftSection={<IconSearch size={17} stroke={1.7} aria-hidden />}
        value={draft}
        maxLength={2_000}
        error={fault}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onText(draft);
        }}
      />
      <p className={styles.understood} role="status">
        {!fault && understood && <Meaning of={understood} />}
      </p>
    </div>
  );
}

function Meaning({ of: meaning }: { of: Understood }) {
  switch (meaning.is) {
    case 'nothing':
      return null;
    case 'formula':
      return (
        <>
          The composition <Formula of={meaning.reduced} />
        </>
      );
    case 'system':
      return <>Exactly the elements {meaning.elements.join(', ')}, in any amounts</>;
    case 'pattern': {
      const named = meaning.parts.map(({ element, count }) => element + (count === 1 ? '' : count)).join('');
      const more = meaning.stars.length === 1 ? 'one more element' : `${meaning.stars.length} more elements`;
      return (
        <>
          <Formula of={named} /> with {more} of any kind
        </>
      );
    }
    case 'anonymous': {
      const letters = meaning.counts
        .map((count, i) => String.fromCharCode(65 + i) + (count === 1 ? '' : count))
        .join('');
      return (
        <>
          Any compound of the type <Formula of={letters} />
        </>
      );
    }
    case 'filter':
      return <>A filter of OPTIMADE</>;
    case 'id':
      return <>Ids that hold “{meaning.text}”</>;
  }
}
