'use client';
import { isPropertyId } from '@/server/properties/ids';
import { isTerminal } from '@/server/schemas/process';
import { Notice } from '../../components/Notice';
import { ResidualChart } from '../../plot/ResidualChart';
import { propertyPanels } from '../../properties/registry';
import { Convergence } from '../Convergence';
import styles from '../calculation.module.css';
import { FailureReport } from '../FailureReport';
import { FigureStrip } from '../FigureStrip';
import { KpointBars } from '../KpointBars';
import type { TabProps } from './tab-props';

/** What there is so far: the closing in of the cycle, then the numbers, then each property as it comes. */
export function ResultsTab({ calculation, results, progress }: TabProps) {
  const { state, properties, tree } = calculation;
  const hasEnded = isTerminal(state);
  const done = properties.filter((id) => isPropertyId(id) && results.properties[id] !== undefined);
  return (
    <div className={styles.stack}>
      {state === 'failed' && <FailureReport calculation={calculation} />}
      {state === 'killed' && <Notice tone="calm">It was stopped. What was done by then is below.</Notice>}
      <FigureStrip results={results} isRunning={!hasEnded} />
      {results.scf?.notes.map((note) => (
        <Notice key={note} tone="calm">
          {note}
        </Notice>
      ))}
      {done.map((id) => {
        if (!isPropertyId(id)) return null;
        const { Results } = propertyPanels[id];
        return <Results key={id} calculation={calculation} results={results} />;
      })}
      {!hasEnded && <KpointBars tree={tree} progress={progress} />}
      {done.length === 0 ? (
        <section aria-labelledby="residual-title" className={styles.residual}>
          <h2 id="residual-title">{hasEnded ? 'How it closed in' : 'Self-consistent cycle'}</h2>
          <ResidualChart points={progress.residuals} threshold={progress.threshold} isRunning={!hasEnded} />
        </section>
      ) : (
        <Convergence progress={progress} scf={results.scf} />
      )}
    </div>
  );
}
