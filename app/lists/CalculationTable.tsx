import { Checkbox } from '@mantine/core';
import { IconCopyPlus } from '@tabler/icons-react';
import Link from 'next/link';
import { isPropertyId } from '@/server/properties/ids';
import type { CalculationSummary } from '@/server/schemas/calculation';
import { Ago } from '../components/Ago';
import { StateBadge } from '../components/StateBadge';
import { Formula } from '../components/Typeset';
import { duration } from '../format/time';
import { propertyPanels } from '../properties/registry';
import styles from './lists.module.css';

interface Props {
  items: (CalculationSummary & { tags?: string[] })[];
  /** Where rows can be picked: the ids of those that are. */
  picked?: ReadonlySet<string>;
  onPick?: (id: string) => void;
}

/** Calculations as rows. The label is the link; the whole row answers to it. */
export function CalculationTable({ items, picked, onPick }: Props) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {onPick && (
            <th scope="col">
              <span className="visually-hidden">Picked</span>
            </th>
          )}
          <th scope="col">Formula</th>
          <th scope="col">Label</th>
          <th scope="col">Properties</th>
          <th scope="col">State</th>
          <th scope="col">Took</th>
          <th scope="col">Submitted</th>
          <th scope="col">
            <span className="visually-hidden">Copy</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, formula, label, tags = [], properties, state, startedAt, finishedAt, createdAt }) => (
          <tr key={id}>
            {onPick && (
              <td className={styles.pick}>
                <Checkbox
                  size="xs"
                  aria-label={`Pick ${label}`}
                  checked={picked?.has(id) ?? false}
                  onChange={() => onPick(id)}
                />
              </td>
            )}
            <td className={styles.formula}>
              <Formula of={formula} />
            </td>
            <td className={styles.label}>
              <Link href={`/calculations/${id}`}>{label}</Link>
              {tags.length > 0 && (
                <ul className={styles.tags} aria-label="Tags">
                  {tags.map((tag) => (
                    <li key={tag}>{tag}</li>
                  ))}
                </ul>
              )}
            </td>
            <td className={styles.minor}>{properties.map(propertyName).join(', ')}</td>
            <td>
              <StateBadge state={state} />
            </td>
            <td className={styles.minor}>
              {startedAt && finishedAt && duration((finishedAt.getTime() - startedAt.getTime()) / 1000)}
            </td>
            <td className={styles.minor}>
              <Ago at={createdAt} />
            </td>
            <td className={styles.action}>
              <Link
                href={`/new?copy=${id}`}
                prefetch={false}
                aria-label={`Copy ${label} and change it`}
                title="Copy and change"
              >
                <IconCopyPlus size={17} stroke={1.6} aria-hidden />
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const propertyName = (id: string) => (isPropertyId(id) ? propertyPanels[id].title : id);
