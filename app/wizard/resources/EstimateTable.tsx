'use client';
import { isPropertyId } from '@/server/properties/ids';
import { bytes } from '../../format/number';
import { duration, roughDuration } from '../../format/time';
import { propertyPanels } from '../../properties/registry';
import { useWizard } from '../draft-context';
import styles from './resources-step.module.css';

const taskName = (task: string) =>
  task === 'scf' ? 'Self-consistent density' : isPropertyId(task) ? propertyPanels[task].title : task;

/** What it will likely take, job by job. */
export function EstimateTable() {
  const { resolved, structure } = useWizard();
  const estimate = resolved?.estimate;
  if (!estimate || !structure)
    return <p className="soft">The estimate follows when structure and properties are chosen.</p>;
  const { seconds, secondsLow, secondsHigh, memoryBytes, secondsByTask } = estimate;
  const longest = Math.max(...Object.values(secondsByTask));
  return (
    <section aria-labelledby="estimate-title">
      <h2 id="estimate-title">Estimate</h2>
      <p className={styles.sentence}>
        This cell holds {structure.sites} {structure.sites === 1 ? 'atom' : 'atoms'}; on {resolved.cores.value}{' '}
        {resolved.cores.value === 1 ? 'core' : 'cores'} of{' '}
        {(resolved.computer?.name ?? 'this computer').replace(/^This/, 'this')} {roughDuration(seconds)} and{' '}
        {bytes(memoryBytes)}.
      </p>
      <dl className={styles.tasks}>
        {Object.entries(secondsByTask).map(([task, value]) => (
          <div key={task}>
            <dt>{taskName(task)}</dt>
            <dd>
              <span className={styles.barTrack} aria-hidden>
                <span className={styles.bar} style={{ width: `${Math.max(1, (100 * value) / longest)}%` }} />
              </span>
              <span className="figures">{duration(value)}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="faint">
        Most likely between {duration(secondsLow)} and {duration(secondsHigh)}, from the sizes of the cell, the mesh and
        the cutoff.
      </p>
    </section>
  );
}
