import styles from '../../plot/plot.module.css';

/** How an exfoliation looks: a layer that leaves a stack of them. A sign, not a result. */
export const ExfoliationSketch = () => (
  <svg className={styles.sketch} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
    <path className={styles.line} d="M14 82 L86 82 M14 66 L86 66 M14 50 L86 50" />
    <path className={styles.line} d="M14 26 C34 26 50 14 86 14" />
    <path className={styles.zero} d="M50 44 L50 28" />
    {[14, 32, 50, 68, 86].flatMap((x) =>
      [50, 66, 82].map((y) => <ellipse key={`${x} ${y}`} className={styles.dot} cx={x} cy={y} rx={1.1} ry={3.2} />),
    )}
  </svg>
);
