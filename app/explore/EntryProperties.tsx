'use client';
import { NativeSelect } from '@mantine/core';
import Link from 'next/link';
import { useState } from 'react';
import type { EntryDetail } from '@/server/schemas/datasets';
import { CopyValue } from '../components/CopyValue';
import { WithUnits } from '../components/Typeset';
import { plain } from '../format/number';
import { inUnit, unitsFor } from '../format/units';
import styles from './entry.module.css';

/** The values of an entry with their units; what is not known says why. */
export function EntryProperties({ properties, slug }: Pick<EntryDetail, 'properties'> & { slug: string }) {
  const known = properties.filter(({ value }) => value.is !== 'not-computed');
  const absent = properties.filter(({ value }) => value.is === 'not-computed');
  return (
    <section aria-labelledby="properties-title">
      <h2 id="properties-title">Properties</h2>
      {known.length > 0 && (
        <table className={styles.properties}>
          <tbody>
            {known.map((property) => (
              <PropertyRow key={property.definition.name} {...property} slug={slug} />
            ))}
          </tbody>
        </table>
      )}
      {absent.length > 0 && (
        <p className={styles.absent}>
          Not computed for this material: {absent.map(({ definition }) => definition.title).join(', ')}.
        </p>
      )}
    </section>
  );
}

function PropertyRow({ definition, value, slug }: EntryDetail['properties'][number] & { slug: string }) {
  const units = definition.unit ? unitsFor(definition.unit) : [];
  const [unit, setUnit] = useState(definition.unit ? units[0]! : '');
  const { title, description, method, name } = definition;
  return (
    <tr>
      <th scope="row">
        {title}
        <span className={styles.origin}>{[description, method].filter((text) => text !== '').join(' ') || name}</span>
      </th>
      <td className={styles.value}>
        {value.is === 'failed' && <span className={styles.failed}>failed: {value.reason}</span>}
        {value.is === 'value' && isNameOfEntry(name) && (
          <Link href={`/explore/${slug}/${encodeURIComponent(String(value.value))}`}>{String(value.value)}</Link>
        )}
        {value.is === 'value' && !isNameOfEntry(name) && (
          <Value
            value={value.value}
            name={title}
            convert={(number) => (definition.unit ? inUnit(number, definition.unit, unit) : number)}
          />
        )}
      </td>
      <td className={styles.unit}>
        {units.length > 1 ? (
          <NativeSelect
            size="xs"
            variant="unstyled"
            aria-label={`Unit of ${title}`}
            value={unit}
            data={units}
            onChange={(event) => setUnit(event.currentTarget.value)}
          />
        ) : (
          <WithUnits text={definition.unit ?? ''} />
        )}
      </td>
    </tr>
  );
}

/** Our own datasets name other entries of theirs so. */
const isNameOfEntry = (name: string) => /^_brine_[a-z_]+_entry$/.test(name);

function Value({ value, name, convert }: { value: unknown; name: string; convert: (value: number) => number }) {
  if (typeof value === 'number') {
    const shown = convert(value);
    return (
      <CopyValue value={String(shown)} name={name}>
        {plain(shown, 6)}
      </CopyValue>
    );
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  return <code className={styles.json}>{JSON.stringify(value)}</code>;
}
