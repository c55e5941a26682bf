import type { BandsResult, DosResult } from '@/server/schemas/results';
import styles from './plot.module.css';
import { sketchBands, sketchDos } from './sketch';

/** Bands as a small drawing: on cards, in lists, and while the large plot loads. */
export function BandsDrawing({ bands }: { bands: BandsResult }) {
  const { lines, ticks, zero } = sketchBands(bands);
  return (
    <svg className={styles.sketch} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      {ticks.slice(1, -1).map((x) => (
        <line key={x} className={styles.tick} x1={100 * x} x2={100 * x} y1={0} y2={100} />
      ))}
      <line className={styles.zero} x1={0} x2={100} y1={100 * zero} y2={100 * zero} />
      <path className={styles.line} d={lines.join('')} />
    </svg>
  );
}

/** With `bands` on their energy axis. */
export function DosDrawing({ dos, bands }: { dos: DosResult; bands?: BandsResult | undefined }) {
  const { outline, zero } = sketchDos(dos, bands);
  return (
    <svg className={styles.sketch} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <line className={styles.zero} x1={0} x2={100} y1={100 * zero} y2={100 * zero} />
      <path className={styles.area} d={outline} />
    </svg>
  );
}
