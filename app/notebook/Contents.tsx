'use client';
import { ActionIcon, Popover } from '@mantine/core';
import { IconListTree } from '@tabler/icons-react';
import { useState } from 'react';
import { headingsOf } from './contents';
import styles from './notebook.module.css';
import { useOpenNotebook } from './use-notebook';

/** The headings of the notebook, each leading to its cell. */
export function Contents() {
  const { client, selection } = useOpenNotebook();
  const [isOpen, setIsOpen] = useState(false);
  const headings = isOpen
    ? client.state.order
        .filter((id) => client.state.cells[id]?.type === 'markdown')
        .flatMap((id) => headingsOf(id, client.sourceOf(id)))
    : [];
  const top = Math.min(...headings.map(({ level }) => level));
  return (
    <Popover
      opened={isOpen}
      onChange={setIsOpen}
      position="bottom-start"
      shadow="md"
      width={320}
      trapFocus
      transitionProps={{ duration: 100 }}
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label="Contents"
          title="Contents"
          onClick={() => setIsOpen((was) => !was)}
        >
          <IconListTree size={17} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="Contents">
        {headings.length === 0 && <p className="faint">Headings of text cells stand here.</p>}
        <ol className={styles.contents}>
          {headings.map(({ cellId, level, text }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two headings may be the same.
            <li key={i} style={{ paddingLeft: (level - top) * 16 }}>
              <button
                type="button"
                onClick={() => {
                  setIsOpen(false);
                  selection.activate(cellId);
                }}
              >
                {text}
              </button>
            </li>
          ))}
        </ol>
      </Popover.Dropdown>
    </Popover>
  );
}
