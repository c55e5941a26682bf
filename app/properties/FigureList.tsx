import styles from './figure-list.module.css';

/** A few numbers that follow from a result, each with its name; typeset already. */
export function FigureList({ figures }: { figures: readonly (readonly [name: string, shown: string])[] }) {
  return (
    <dl className={styles.figures}>
      {figures.map(([name, shown]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{shown}</dd>
        </div>
      ))}
    </dl>
  );
}
