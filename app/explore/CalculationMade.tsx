import Link from 'next/link';
import type { CalculationMaking } from '@/server/schemas/datasets';
import { Notice } from '../components/Notice';
import styles from './entry.module.css';

/** How an entry that was published from a calculation was made: the way to it, and to the node of each number. */
export function CalculationMade({ making }: { making: CalculationMaking }) {
  const { label, address, endedAt, program, isThere, structureNode, numbers } = making;
  const isPartGone = isThere && numbers.some((one) => !one.isThere);
  return (
    <section aria-labelledby="making-title" className={styles.making}>
      <h2 id="making-title">How this was made</h2>
      <p>
        By the calculation {isThere ? <Link href={address}>{label}</Link> : <strong>{label}</strong>}
        {endedAt && <> of {endedAt.slice(0, 10)}</>}
        {program && (
          <>
            , with {program.name} {program.version}
          </>
        )}
        .
      </p>
      {!isThere && (
        <Notice tone="warn">
          The calculation has been deleted since. What was published of it stays, but its inputs and steps can no longer
          be looked at.
        </Notice>
      )}
      {isPartGone && <Notice tone="warn">Some of its values were deleted since and can no longer be looked at.</Notice>}
      <details className={styles.more}>
        <summary>Where each number comes from</summary>
        <ul>
          {structureNode && (
            <li>
              <Link href={`/graph/${structureNode}`}>Structure</Link>
            </li>
          )}
          {numbers.map(({ title, node, isThere: isNodeThere }) => (
            <li key={title}>{isNodeThere ? <Link href={`/graph/${node}`}>{title}</Link> : `${title} (deleted)`}</li>
          ))}
        </ul>
      </details>
    </section>
  );
}
