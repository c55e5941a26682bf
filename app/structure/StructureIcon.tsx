import type { Structure } from '@/kernels/crystal/schema';
import { projectStructure } from './projection';
import styles from './viewer.module.css';

const rounded = (x: number) => Math.round(x * 100) / 100;

/** A small picture of one cell for cards and lists; the words beside it say what it is. */
export function StructureIcon({ structure }: { structure: Structure }) {
  const { viewBox, edges, atoms } = projectStructure(structure);
  const outline = edges.map(({ from, to }) => `M${from.map(rounded)}L${to.map(rounded)}`).join('');
  return (
    <svg className={styles.icon} viewBox={viewBox.map(rounded).join(' ')} aria-hidden="true">
      <path className={styles.edge} d={outline} />
      {atoms.map(({ x, y, radius, color }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: images of a site have no other name and do not move.
        <circle key={index} cx={rounded(x)} cy={rounded(y)} r={rounded(1.15 * radius)} fill={color} />
      ))}
    </svg>
  );
}
