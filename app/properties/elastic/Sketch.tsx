import styles from '../../plot/plot.module.css';

/** How Young's modulus may depend on the direction. A sign, not a result. */
export const ElasticSketch = () => (
  <svg className={styles.sketch} viewBox="0 0 100 100" aria-hidden="true">
    <line className={styles.zero} x1={8} x2={92} y1={50} y2={50} />
    <line className={styles.zero} x1={50} x2={50} y1={8} y2={92} />
    <path
      className={styles.line}
      d="M78 50 C80 62 80 76 76 76 S62 80 50 78 S28 80 24 76 S20 62 22 50 S20 28 24 24 S38 20 50 22 S72 20 76 24 S80 38 78 50 Z"
    />
  </svg>
);
