'use client';
import { Kbd, Modal, Switch } from '@mantine/core';
import { commandKeys, editKeys, everywhereKeys, type Key } from './keys';
import styles from './notebook.module.css';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  hasSingleKeys: boolean;
  onSingleKeys: (isOn: boolean) => void;
}

const groups: [string, Key[]][] = [
  ['Everywhere', everywhereKeys],
  ['On a cell', commandKeys],
  ['In its editor', editKeys],
];

/** All keys of the notebook, and the switch for those of one letter. */
export function KeysDialog({ isOpen, onClose, hasSingleKeys, onSingleKeys }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keys of the notebook" size="lg" transitionProps={{ duration: 100 }}>
      <Switch
        label="Keys of one letter, as in Jupyter"
        description="They work only while a cell has the focus. Switched off, the buttons and the other keys do the same."
        checked={hasSingleKeys}
        onChange={(event) => onSingleKeys(event.currentTarget.checked)}
      />
      {groups.map(([title, keys]) => (
        <section key={title}>
          <h3 className={styles.keysTitle}>{title}</h3>
          <dl className={styles.keys}>
            {keys.map(({ keys: names, what }) => (
              <div key={names}>
                <dt>
                  {names.split(' ').map((name, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the same key may come twice.
                    <Kbd key={i}>{shown[name] ?? name}</Kbd>
                  ))}
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}

const shown: Record<string, string> = { Mod: 'Ctrl', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };
