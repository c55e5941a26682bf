'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { CalculationSummary } from '@/server/schemas/calculation';
import { useTRPC } from '../_trpc/client';
import { figuresOf } from '../calculation/figures';
import { Formula } from '../components/Typeset';
import { kpointLabelText } from '../format/typeset';
import { BandsDrawing, DosDrawing } from '../plot/Sketch';
import styles from './home.module.css';

/** The platform's own first result: silicon, computed here at the first start. */
export function ExampleResult({ id, calculation }: { id: string; calculation: CalculationSummary | null }) {
  const trpc = useTRPC();
  const { data: results } = useQuery(trpc.calculations.results.queryOptions({ id }));
  if (!results) return null;
  const { bands, dos } = results.properties;
  const length = bands?.kpoints.at(-1)?.distance || 1;
  return (
    <section aria-labelledby="example-title" className={styles.example}>
      <div className={styles.exampleText}>
        <h2 id="example-title">
          <Link href={`/calculations/${id}`} className={styles.cover}>
            {calculation ? <Formula of={calculation.formula} /> : 'Silicon'}, computed here
          </Link>
        </h2>
        <p className="soft">The first result of this platform, made when it first started.</p>
        <dl className={styles.exampleFigures}>
          {figuresOf(results)
            .slice(0, 3)
            .map(({ name, shown }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="figures">{shown}</dd>
              </div>
            ))}
        </dl>
      </div>
      <div className={styles.plots}>
        {bands && (
          <div className={styles.plot}>
            <div className={styles.frame}>
              <BandsDrawing bands={bands} />
            </div>
            <p className={styles.ticks} aria-hidden>
              {bands.ticks.map(({ distance, label }) => (
                <span key={distance} style={{ left: `${(100 * distance) / length}%` }}>
                  {kpointLabelText(label)}
                </span>
              ))}
            </p>
          </div>
        )}
        {dos && (
          <div className={styles.plot} data-narrow>
            <div className={styles.frame}>
              <DosDrawing dos={dos} bands={bands} />
            </div>
            <p className={styles.ticks} aria-hidden>
              <span style={{ left: '50%' }}>DOS</span>
            </p>
          </div>
        )}
      </div>
    </section>
  );
}
