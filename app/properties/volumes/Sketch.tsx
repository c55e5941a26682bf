import styles from '../../plot/plot.module.css';

/** How a density looks: lines of equal value around two atoms. A sign, not a result. */
export const VolumesSketch = () => (
  <svg className={styles.sketch} viewBox="0 0 200 100" preserveAspectRatio="xMidYMid meet" aria-hidden="true">
    {[40, 31, 22].map((r) => (
      <ellipse key={r} className={styles.area} cx={100} cy={50} rx={r * 1.9} ry={r} />
    ))}
    {[72, 128].map((x) => (
      <g key={x}>
        <circle className={styles.area} cx={x} cy={50} r={13} />
        <circle className={styles.dot} cx={x} cy={50} r={4} />
      </g>
    ))}
  </svg>
);
