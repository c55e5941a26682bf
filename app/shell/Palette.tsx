'use client';
import { Modal } from '@mantine/core';
import { useDebouncedValue, useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import styles from './palette.module.css';
import { type Found, usePaletteItems } from './use-palette-items';

/** Search and commands: Ctrl or Cmd and K from anywhere. */
export function Palette() {
  const [isOpen, { open, close }] = useDisclosure(false);
  useHotkeys([['mod+K', open]], []);
  return (
    <>
      <button
        type="button"
        className={styles.trigger}
        onClick={open}
        aria-haspopup="dialog"
        aria-label="Search or go to"
        aria-keyshortcuts="Control+K Meta+K"
      >
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <span className={styles.hint}>Search or go to</span>
        <kbd className={styles.keys} aria-hidden>
          Ctrl K
        </kbd>
      </button>
      <Modal.Root opened={isOpen} onClose={close} size={560} yOffset="12vh" transitionProps={{ duration: 100 }}>
        <Modal.Overlay />
        <Modal.Content aria-label="Search and commands">
          <Modal.Body p={0}>
            <PaletteBody onDone={close} />
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}

function PaletteBody({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const listId = useId();
  const [text, setText] = useState('');
  const [searched] = useDebouncedValue(text, 120);
  const [active, setActive] = useState(0);
  const found = usePaletteItems(searched);
  const current = Math.min(active, Math.max(0, found.length - 1));
  const run = (item: Found | undefined) => {
    if (!item) return;
    onDone();
    if (typeof item.act === 'string') router.push(item.act);
    else item.act();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter') run(found[current]);
    if (step === 0) return;
    event.preventDefault();
    const next = (current + step + found.length) % Math.max(1, found.length);
    setActive(next);
    document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div className={styles.body}>
      <input
        className={styles.input}
        placeholder="A label, a formula, or what you want to do"
        aria-label="Search calculations, structures and actions"
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={found.length > 0 ? `${listId}-${current}` : undefined}
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={listId} aria-label="Found" className={styles.list}>
        {found.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, as the combobox pattern has it.
          <div
            key={item.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className={styles.option}
            onPointerMove={() => setActive(index)}
            onClick={() => run(item)}
          >
            <item.icon size={17} stroke={1.6} aria-hidden />
            <span className={styles.title}>{item.title}</span>
            <span className={styles.kind}>{item.kind}</span>
          </div>
        ))}
      </div>
      <p className={styles.none} role="status">
        {found.length === 0 ? 'Nothing here bears that name.' : ''}
      </p>
    </div>
  );
}
