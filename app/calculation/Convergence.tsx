'use client';
import type { ScfResult } from '@/server/schemas/results';
import { fixed } from '../format/number';
import { ResidualChart } from '../plot/ResidualChart';
import styles from './calculation.module.css';
import type { RunProgress } from './progress';

const termNames: Record<string, string> = {
  oneElectron: 'One-electron',
  hartree: 'Hartree',
  exchangeCorrelation: 'Exchange and correlation',
  ewald: 'Ewald',
  smearing: 'Smearing (−TS)',
};

/** How the cycle closed in and what the energy is made of, folded below the results. */
export function Convergence({ progress, scf }: { progress: RunProgress; scf: ScfResult | null }) {
  const points = progress.residuals.length > 0 ? progress.residuals : (scf?.iterations ?? []);
  return (
    <details className={styles.folded}>
      <summary>How the cycle converged, and the parts of the energy</summary>
      <ResidualChart points={points} threshold={progress.threshold} isRunning={false} />
      {scf?.termsEv && (
        <table className={styles.terms}>
          <caption>Parts of the energy (eV per cell)</caption>
          <tbody>
            {Object.entries(scf.termsEv).map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{termNames[name] ?? name}</th>
                <td>{fixed(value, 6)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">Total (free energy)</th>
              <td>{fixed(scf.energyEv, 6)}</td>
            </tr>
            <tr>
              <th scope="row">Extrapolated to zero width</th>
              <td>{fixed(scf.energyZeroWidthEv, 6)}</td>
            </tr>
          </tbody>
        </table>
      )}
    </details>
  );
}
