import styles from '../../plot/plot.module.css';

/** How a relaxation looks: a force that falls from step to step. A sign, not a result. */
export const RelaxSketch = () => (
  <svg className={styles.sketch} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
    <line className={styles.zero} x1={8} x2={96} y1={84} y2={84} />
    <path className={styles.line} d="M8 14 L22 34 L36 40 L50 62 L64 70 L78 80 L92 88" />
    {[8, 22, 36, 50, 64, 78, 92].map((x, i) => (
      <ellipse key={x} className={styles.dot} cx={x} cy={[14, 34, 40, 62, 70, 80, 88][i]} rx={1.1} ry={3.2} />
    ))}
  </svg>
);
