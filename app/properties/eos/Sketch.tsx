import styles from '../../plot/plot.module.css';

/** How an equation of state looks: a curve with a minimum through what was computed. A sign, not a result. */
export const EosSketch = () => (
  <svg className={styles.sketch} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
    <line className={styles.zero} x1={50} x2={50} y1={10} y2={92} />
    <path className={styles.line} d="M10 18 C22 62 36 84 50 84 S76 70 92 40" />
    {[10, 23, 36, 50, 64, 78, 92].map((x, i) => (
      <ellipse key={x} className={styles.dot} cx={x} cy={[18, 54, 77, 84, 79, 64, 40][i]} rx={1.1} ry={3.2} />
    ))}
  </svg>
);
