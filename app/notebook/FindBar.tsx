'use client';
import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { findMatches, patternOf, type Search } from './find-text';
import styles from './notebook.module.css';
import { useNotebook, useOpenNotebook } from './use-notebook';

/** Finds and replaces in the sources of all cells. */
export function FindBar({ onClose }: { onClose: () => void }) {
  const { client, commands } = useOpenNotebook();
  const order = useNotebook((state) => state.order);
  // Drawn, and found, anew with every change of the notebook.
  useNotebook((state) => state.number);
  const [search, setSearch] = useState<Search>({ text: '', isCaseSensitive: false, isRegex: false });
  const [replacement, setReplacement] = useState('');
  const [at, setAt] = useState(-1);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const matches = findMatches(
    order.map((id) => ({ id, source: client.sourceOf(id) })),
    search,
  );
  const isWrong = search.text !== '' && patternOf(search) === null;
  const change = (changes: Partial<Search>) => {
    setSearch({ ...search, ...changes });
    setAt(-1);
  };
  const go = (by: 1 | -1) => {
    if (matches.length === 0) return;
    const next = (at < 0 && by < 0 ? matches.length - 1 : at + by + matches.length) % matches.length;
    setAt(next);
    commands.select(matches[next]!);
  };
  const words = isWrong
    ? 'This is no regular expression.'
    : search.text === ''
      ? ''
      : `${at < 0 ? '' : `${at + 1} of `}${matches.length.toLocaleString('en')} found`;
  return (
    <search className={styles.find} aria-label="Find and replace">
      <TextInput
        ref={field}
        size="xs"
        aria-label="Find"
        placeholder="Find"
        value={search.text}
        error={isWrong}
        onChange={(event) => change({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
          if (event.key === 'Escape') onClose();
        }}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label="The one before"
        title="The one before"
        onClick={() => go(-1)}
      >
        <IconArrowUp size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label="The next" title="The next" onClick={() => go(1)}>
        <IconArrowDown size={15} aria-hidden />
      </ActionIcon>
      <TextInput
        size="xs"
        aria-label="Replace by"
        placeholder="Replace by"
        value={replacement}
        onChange={(event) => setReplacement(event.currentTarget.value)}
      />
      <Button
        size="compact-sm"
        variant="default"
        disabled={matches.length === 0}
        onClick={() => {
          commands.replaceAll(search, replacement);
          setAt(-1);
        }}
      >
        Replace all
      </Button>
      <Checkbox
        size="xs"
        label="Case"
        checked={search.isCaseSensitive}
        onChange={(event) => change({ isCaseSensitive: event.currentTarget.checked })}
      />
      <Checkbox
        size="xs"
        label="Regular expression"
        checked={search.isRegex}
        onChange={(event) => change({ isRegex: event.currentTarget.checked })}
      />
      <span className="faint" role="status">
        {words}
      </span>
      <ActionIcon variant="subtle" color="gray" aria-label="Close find and replace" onClick={onClose} ml="auto">
        <IconX size={15} aria-hidden />
      </ActionIcon>
    </search>
  );
}
