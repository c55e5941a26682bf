import type { Vector3 } from '@/kernels/crystal/schema';
import styles from './viewer.module.css';

const REACH = 26;

/** The directions of a, b and c as they are seen now; the one farthest back is drawn first. */
export function AxisTriad({ axes }: { axes: Vector3[] }) {
  const arrows = axes
    .map(([x, y, z], index) => ({ x: x * REACH, y: -y * REACH, z, name: 'abc'[index]! }))
    .sort((p, q) => p.z - q.z);
  return (
    <svg className={styles.triad} viewBox="-42 -42 84 84" aria-hidden="true">
      {arrows.map(({ x, y, name }) => (
        <g key={name} data-axis={name}>
          <line x2={x} y2={y} />
          <text x={x * 1.38} y={y * 1.38} dy="0.34em" textAnchor="middle">
            {name}
          </text>
        </g>
      ))}
    </svg>
  );
}
