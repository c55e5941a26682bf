import { useMemo } from 'react';
import type { Structure } from '@/kernels/crystal/schema';
import { projectStructure } from './projection';
import type { HiddenElements } from './view-geometry';
import styles from './viewer.module.css';

interface Props {
  structure: Structure;
  text: string;
  hidden: HiddenElements;
}

/** One cell in parallel projection, drawn as SVG: also before any script runs. */
export function ProjectionDrawing({ structure, text, hidden }: Props) {
  const { viewBox, edges, bonds, atoms } = useMemo(() => projectStructure(structure, hidden), [structure, hidden]);
  return (
    <svg className={styles.drawing} viewBox={viewBox.map((x) => x.toFixed(3)).join(' ')} role="img" aria-label={text}>
      {edges.map(({ from, to }) => (
        <line key={`e${from} ${to}`} className={styles.edge} x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} />
      ))}
      {bonds.map(({ from, to }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bonds have no other name and do not move.
        <line key={index} className={styles.bond} x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} />
      ))}
      {atoms.map(({ x, y, radius, color, element, site }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: images of a site have no other name and do not move.
        <circle key={index} cx={x} cy={y} r={radius} fill={color} className={styles.atom}>
          <title>{`${element}, site ${site + 1}`}</title>
        </circle>
      ))}
    </svg>
  );
}
