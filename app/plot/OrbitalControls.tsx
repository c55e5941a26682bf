'use client';
import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useSearchState } from '../components/use-search-state';
import { type Grouping, groupings, groupingWords } from './orbital-groups';
import { type DosStyle, dosStyles } from './projected-dos';

const spins = ['both', 'up', 'down'] as const;
export type SpinChoice = (typeof spins)[number];

/** What of the orbitals is drawn, kept in the address. */
export interface OrbitalChoice {
  grouping: Grouping;
  style: DosStyle;
  spin: SpinChoice;
}

interface Has {
  orbitals: boolean;
  dos: boolean;
  spin: boolean;
}

/** The choice, and the controls that change it; none where the result holds neither orbitals nor spin. */
export function useOrbitalChoice(has: Has) {
  const [grouping, setGrouping] = useSearchState('by', groupings, 'none');
  const [style, setStyle] = useSearchState('dos', dosStyles, 'lines');
  const [spin, setSpin] = useSearchState('spin', spins, 'both');
  const controls = (has.orbitals || has.spin) && (
    <>
      {has.orbitals && (
        <NativeSelect
          size="xs"
          aria-label="Colour by"
          value={grouping}
          onChange={(event) => setGrouping(event.currentTarget.value as Grouping)}
          data={groupings.map((value) => ({
            value,
            label: value === 'none' ? 'Colour by: nothing' : `Colour by: ${groupingWords[value].toLowerCase()}`,
          }))}
        />
      )}
      {has.orbitals && has.dos && grouping !== 'none' && (
        <SegmentedControl
          size="xs"
          aria-label="Density of states of the orbitals"
          value={style}
          onChange={(value) => setStyle(value as DosStyle)}
          data={[
            { value: 'lines', label: 'Lines' },
            { value: 'stacked', label: 'Stacked' },
          ]}
        />
      )}
      {has.spin && (
        <SegmentedControl
          size="xs"
          aria-label="Spins of the bands"
          value={spin}
          onChange={(value) => setSpin(value as SpinChoice)}
          data={[
            { value: 'both', label: 'Both spins' },
            { value: 'up', label: 'Up' },
            { value: 'down', label: 'Down' },
          ]}
        />
      )}
    </>
  );
  const choice: OrbitalChoice = {
    grouping: has.orbitals ? grouping : 'none',
    style,
    spin: has.spin ? spin : 'both',
  };
  return { choice, controls: controls || null };
}
