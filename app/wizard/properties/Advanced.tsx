'use client';
import { TextInput } from '@mantine/core';
import { IconChevronRight, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { chosenProperties } from '@/server/properties/ids';
import { propertyPanels } from '../../properties/registry';
import { useWizard } from '../draft-context';
import { FamilyChoice } from '../physics/FamilyChoice';
import { MorePhysics } from '../physics/MorePhysics';
import { ConvergenceNumbers } from './ConvergenceNumbers';
import { ElementEntries } from './ElementEntries';
import styles from './properties-step.module.css';
import { SamplingNumbers } from './SamplingNumbers';

/** Every number that follows from the choices above: seen, set by hand, put back. Closed at first, and searchable. */
export function Advanced() {
  const { draft, resolved, update } = useWizard();
  const [wanted, setWanted] = useState('');
  const { properties } = draft.data;
  const changed = Object.keys(draft.data.overrides).length + Object.values(properties).flatMap(Object.keys).length;
  const isShown = (words: string) =>
    wanted
      .toLowerCase()
      .split(/\s+/)
      .every((word) => words.toLowerCase().includes(word));
  return (
    <details className={styles.advanced}>
      <summary>
        <IconChevronRight size={18} stroke={1.8} aria-hidden />
        <span>Advanced</span>
        <span className="faint">
          {changed > 0
            ? `${changed} ${changed === 1 ? 'value' : 'values'} set by you`
            : 'cutoff, mesh, smearing and the rest, all derived'}
        </span>
      </summary>
      <TextInput
        className={styles.search}
        aria-label="Search the settings"
        placeholder="Search, such as cutoff or mesh"
        leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      {resolved ? (
        <>
          <SamplingNumbers resolved={resolved} isShown={isShown} />
          {chosenProperties(properties).map((id) => {
            const { Settings } = propertyPanels[id];
            return (
              <Settings
                key={id}
                draft={draft.data}
                settings={properties[id]!}
                resolved={resolved.properties[id] ?? null}
                bandCount={resolved.bandCount}
                onChange={(next) => update({ properties: { ...properties, [id]: next } })}
                isShown={isShown}
              />
            );
          })}
          <ConvergenceNumbers resolved={resolved} isShown={isShown} />
          <MorePhysics isShown={isShown} />
          {isShown('pseudopotentials elements entries family') && (
            <>
              <FamilyChoice />
              <ElementEntries resolved={resolved} />
            </>
          )}
        </>
      ) : (
        <p className="faint">The numbers follow once the draft is saved.</p>
      )}
    </details>
  );
}
