'use client';
import { Notice } from '../components/Notice';
import { bytes, count } from '../format/number';
import { roughDuration } from '../format/time';
import { useWizard } from './draft-context';
import { cutoffLine, meshLine } from './steps';
import styles from './wizard.module.css';

/** Atoms, k-points, time and memory, and what to mind. */
export function RunningSummary() {
  const { structure, resolved, isResolving } = useWizard();
  if (!structure) return null;
  const rows: [string, string | null][] = [
    ['Atoms', count(structure.sites)],
    ['Electrons', resolved?.electrons ? count(resolved.electrons) : null],
    ['Cutoff', resolved?.cutoffHartree ? cutoffLine(resolved.cutoffHartree.value) : null],
    ['Mesh', resolved ? meshLine(resolved) : null],
    ['Time', resolved?.estimate ? roughDuration(resolved.estimate.seconds) : null],
    ['Memory', resolved?.estimate ? `about ${bytes(resolved.estimate.memoryBytes)}` : null],
  ];
  return (
    <div className={styles.summary} aria-busy={isResolving} data-busy={isResolving || undefined}>
      <dl className={styles.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="figures">{value ?? <span className="faint">not yet known</span>}</dd>
          </div>
        ))}
      </dl>
      {resolved?.warnings.map(({ code, message }) => (
        <Notice key={code + message} tone="warn">
          {message}
        </Notice>
      ))}
    </div>
  );
}
