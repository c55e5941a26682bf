import type { Structure } from '@/kernels/crystal/schema';
import { drawnElements } from './view-geometry';
import styles from './viewer.module.css';

/** Which colour is which element. */
export function Legend({ structure }: { structure: Structure }) {
  return (
    <ul className={styles.legend} aria-label="Elements">
      {drawnElements(structure).map(({ element, name, color, sites }) => (
        <li key={element} title={`${name}, ${sites} ${sites === 1 ? 'site' : 'sites'}`}>
          <span className={styles.ball} style={{ background: color }} aria-hidden />
          {element}
        </li>
      ))}
    </ul>
  );
}
