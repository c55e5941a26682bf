import Link from 'next/link';
import styles from './places.module.css';

const places = [
  { href: '/notebooks', label: 'Notebooks' },
  { href: '/apps', label: 'Apps' },
] as const;

/** Notebooks, and what was made of them for others: one place in the rail. */
export function Places({ here }: { here: (typeof places)[number]['href'] }) {
  return (
    <nav aria-label="Notebooks and apps">
      <ul className={styles.places}>
        {places.map(({ href, label }) => (
          <li key={href}>
            <Link href={href} aria-current={href === here ? 'page' : undefined}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
