'use client';
import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { NumberField } from '../../fields/NumberField';
import { useWizard } from '../draft-context';
import { startingMoment } from './default-moments';
import styles from './physics.module.css';

const MANIFOLDS = ['3d', '4d', '5d', '4f', '5f', '2p', '3p', '4p', '5p', '1s'];
const DEFAULT_EV = 4;

/** A Hubbard U by element and shell: with Quantum ESPRESSO only. */
export function HubbardRows() {
  const { draft, resolved, update } = useWizard();
  const { hubbard, engine } = draft.data;
  const elements = resolved?.elements.map(({ element }) => element) ?? [];
  const set = (rows: typeof hubbard) => update({ hubbard: rows });
  const change = (index: number, changes: Partial<(typeof hubbard)[number]>) =>
    set(hubbard.map((row, i) => (i === index ? { ...row, ...changes } : row)));
  const add = () => {
    const element = elements.find((symbol) => startingMoment(symbol) > 0) ?? elements[0];
    if (element) set([...hubbard, { element, manifold: '3d', uEv: DEFAULT_EV }]);
  };
  if (engine === 'planewave' && hubbard.length === 0)
    return (
      <div className={styles.block}>
        <h3>Hubbard U</h3>
        <p className="faint">The embedded engine has none. Choose Quantum ESPRESSO above to give one.</p>
      </div>
    );
  return (
    <div className={styles.block}>
      <h3>Hubbard U</h3>
      <p className="faint">
        A penalty for partly filled shells, on orthogonalised atomic orbitals: localises d and f electrons.
      </p>
      <ul className={styles.hubbard}>
        {hubbard.map(({ element, manifold, uEv }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name.
          <li key={i}>
            <NativeSelect
              aria-label={`Element of Hubbard U ${i + 1}`}
              size="sm"
              value={element}
              data={elements.includes(element) ? elements : [element, ...elements]}
              onChange={(event) => change(i, { element: event.currentTarget.value })}
            />
            <NativeSelect
              aria-label={`Shell of Hubbard U ${i + 1}`}
              size="sm"
              value={manifold}
              data={MANIFOLDS.includes(manifold) ? MANIFOLDS : [manifold, ...MANIFOLDS]}
              onChange={(event) => change(i, { manifold: event.currentTarget.value })}
            />
            <NumberField
              label={`Hubbard U of ${element} ${manifold}`}
              unit="eV"
              isLabelHidden
              min={-20}
              max={30}
              width={90}
              value={uEv}
              onChange={(value) => change(i, { uEv: value })}
            />
            <span className="faint">eV</span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={34}
              aria-label={`Remove Hubbard U ${i + 1}`}
              onClick={() => set(hubbard.filter((_, other) => other !== i))}
            >
              <IconX size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconPlus size={15} aria-hidden />}
        disabled={elements.length === 0}
        onClick={add}
      >
        Add a U
      </Button>
    </div>
  );
}
