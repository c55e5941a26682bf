'use client';
import { SegmentedControl } from '@mantine/core';
import { NumberField } from '../../fields/NumberField';
import { HelpLink } from '../../help/HelpLink';
import styles from '../choice.module.css';
import type { ChoiceProps } from '../panels';
import { withSetting } from '../setting-change';
import { valuesOf } from './values';

/** What may move, the one thing that every relaxation asks; and the pressure, where the cell moves. */
export function RelaxChoice({ draft, settings, onChange }: ChoiceProps) {
  const { cell, pressureGpa } = valuesOf(draft, settings);
  const set = (name: string, value: unknown) => onChange(withSetting(settings, name, value));
  return (
    <div className={styles.row}>
      <span className={styles.name} id="relax-moves">
        What moves
      </span>
      <SegmentedControl
        size="xs"
        aria-labelledby="relax-moves"
        value={cell}
        onChange={(value) => set('cell', value === 'fixed' ? undefined : value)}
        data={[
          { value: 'fixed', label: 'Atoms' },
          { value: 'full', label: 'Atoms and cell' },
          { value: 'volume', label: 'Atoms and volume' },
        ]}
      />
      {cell !== 'fixed' && (
        <span className={styles.field}>
          <NumberField
            label="Pressure of the relaxation"
            unit="GPa"
            isLabelHidden
            min={-100}
            max={1000}
            width={84}
            value={pressureGpa}
            onChange={(value) => set('pressureGpa', value)}
          />
          <span className="faint">GPa outside</span>
        </span>
      )}
      <HelpLink guide="magnets-and-relaxations" section="a-relaxed-geometry">
        How a relaxation goes
      </HelpLink>
    </div>
  );
}
