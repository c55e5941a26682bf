import styles from './plot.module.css';
import { type ResidualPoint, residualScale } from './residual-scale';

/** The residual in a word's height. */
export function Sparkline({ points, threshold }: { points: ResidualPoint[]; threshold: number | null }) {
  const { x, y } = residualScale(points, threshold);
  const places = points.map(
    ({ iteration, residual }) => `${(100 * x(iteration)).toFixed(1)},${(28 * y(residual) + 2).toFixed(1)}`,
  );
  return (
    <svg className={styles.spark} viewBox="0 0 100 32" preserveAspectRatio="none" aria-hidden="true">
      {threshold !== null && (
        <line className={styles.zero} x1={0} x2={100} y1={28 * y(threshold) + 2} y2={28 * y(threshold) + 2} />
      )}
      <polyline className={styles.line} points={places.join(' ')} />
    </svg>
  );
}
