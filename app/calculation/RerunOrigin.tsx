import Link from 'next/link';
import type { CalculationDetail } from '@/server/schemas/calculation';
import { stepTitle } from '../properties/step-title';
import styles from './calculation.module.css';

/** Which calculation this one runs again, and from where. */
export function RerunOrigin({ calculation: { rerunOf } }: { calculation: CalculationDetail }) {
  if (!rerunOf) return null;
  return (
    <p className={styles.origin}>
      Runs <Link href={`/calculations/${rerunOf.id}`}>{rerunOf.label}</Link> again from “{stepTitle(rerunOf.from)}”;
      what came before is taken over.
    </p>
  );
}
