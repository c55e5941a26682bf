import Link from 'next/link';
import type { CalculationDetail } from '@/server/schemas/calculation';
import styles from './calculation.module.css';

/** Which calculation this one runs again, and from where. */
export function RerunOrigin({ calculation: { rerunOf, tree } }: { calculation: CalculationDetail }) {
  if (!rerunOf) return null;
  const title = tree.children.find(({ name }) => name === rerunOf.from)?.title ?? rerunOf.from;
  return (
    <p className={styles.origin}>
      Runs <Link href={`/calculations/${rerunOf.id}`}>{rerunOf.label}</Link> again from “{title}”; what came before is
      taken over.
    </p>
  );
}
