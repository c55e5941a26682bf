import type { ProcessNode } from '@/server/schemas/process';
import { count } from '../format/number';
import styles from './calculation.module.css';
import { jobsOf } from './jobs';
import type { RunProgress } from './progress';

/** How many k-points each job that runs has done. */
export function KpointBars({ tree, progress }: { tree: ProcessNode; progress: RunProgress }) {
  const running = jobsOf(tree).filter(({ state }) => state === 'running');
  const bars = running.flatMap((job) => {
    const found = progress.kpoints.find(({ process }) => process === job.name);
    return found ? [{ ...found, title: job.title }] : [];
  });
  return bars.map(({ process, title, done, total }) => (
    <div key={process} className={styles.kpoints}>
      <span id={`k-${process}`}>{title}</span>
      <span className="figures soft">
        {count(done)} of {count(total)} k-points
      </span>
      <progress aria-labelledby={`k-${process}`} value={done} max={total} />
    </div>
  ));
}
