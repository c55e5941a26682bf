'use client';
import type { ScfResult } from '@/server/schemas/results';
import { ResidualChart } from '../plot/ResidualChart';
import styles from './calculation.module.css';
import type { RunProgress } from './progress';

/** How the cycle closed in, folded below the results. */
export function Convergence({ progress, scf }: { progress: RunProgress; scf: ScfResult | null }) {
  const points = progress.residuals.length > 0 ? progress.residuals : (scf?.iterations ?? []);
  return (
    <details className={styles.folded}>
      <summary>How the cycle converged</summary>
      <ResidualChart points={points} threshold={progress.threshold} isRunning={false} />
    </details>
  );
}
