import type { Structure } from '@/kernels/crystal/schema';
import { drawnElements, type HiddenElements } from './view-geometry';
import styles from './viewer.module.css';

interface Props {
  structure: Structure;
  hidden: HiddenElements;
  onToggle: (element: string) => void;
}

/** Which colour is which element; a press takes one out of the drawing, or brings it back. */
export function Legend({ structure, hidden, onToggle }: Props) {
  return (
    <ul className={styles.legend} aria-label="Elements">
      {drawnElements(structure).map(({ element, name, color, sites }) => (
        <li key={element}>
          <button
            type="button"
            className={styles.legendItem}
            aria-pressed={!hidden.has(element)}
            aria-label={`Show ${name.toLowerCase()}`}
            title={`${name}, ${sites} ${sites === 1 ? 'site' : 'sites'}`}
            onClick={() => onToggle(element)}
          >
            <span className={styles.ball} style={{ background: color }} aria-hidden />
            {element}
          </button>
        </li>
      ))}
    </ul>
  );
}
