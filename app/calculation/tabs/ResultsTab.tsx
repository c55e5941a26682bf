'use client';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { isPropertyId } from '@/server/properties/ids';
import { isTerminal } from '@/server/schemas/process';
import { useTRPC } from '../../_trpc/client';
import { Notice } from '../../components/Notice';
import { WithUnits } from '../../components/Typeset';
import { noteText } from '../../format/typeset';
import { ResidualChart } from '../../plot/ResidualChart';
import { AppLink } from '../../properties/AppLink';
import { propertyPanels } from '../../properties/registry';
import { LiveRelaxation } from '../../properties/relax/Live';
import { Origins } from '../../provenance/Origins';
import { Convergence } from '../Convergence';
import styles from '../calculation.module.css';
import { FailureReport } from '../FailureReport';
import { FigureStrip } from '../FigureStrip';
import { GroundState } from '../GroundState';
import { KpointBars } from '../KpointBars';
import { LogText } from '../LogText';
import type { TabProps } from './tab-props';

/** What there is so far: the closing in of the cycle, then the numbers, then each property as it comes. */
export function ResultsTab({ calculation, results, progress }: TabProps) {
  const { state, properties, tree } = calculation;
  const hasEnded = isTerminal(state);
  const atoms = useAtomCount(calculation.structureId);
  const done = properties.filter((id) => isPropertyId(id) && results.properties[id] !== undefined);
  const notes = results.scf?.notes.map((note) => (
    <Notice key={note} tone="calm">
      <WithUnits text={noteText(note)} />
    </Notice>
  ));
  const hasFailed = state === 'failed';
  const history = (
    <section aria-labelledby="residual-title" className={styles.residual}>
      <h2 id="residual-title">{hasEnded ? 'How it closed in' : 'Self-consistent cycle'}</h2>
      <ResidualChart points={progress.residuals} threshold={progress.threshold} isRunning={!hasEnded} />
    </section>
  );
  return (
    <div className={styles.stack}>
      {hasFailed && <FailureReport calculation={calculation} />}
      {hasFailed && notes}
      {hasFailed && done.length === 0 && progress.residuals.length > 0 && history}
      {state === 'killed' && <Notice tone="calm">It was stopped. What was done by then is below.</Notice>}
      <FigureStrip results={results} isRunning={!hasEnded} />
      <Origins id={calculation.id} results={results} />
      {!hasFailed && notes}
      {!results.properties.relax && progress.geometries.length > 0 && (
        <LiveRelaxation points={progress.geometries} atoms={atoms} />
      )}
      {done.map((id) => {
        if (!isPropertyId(id)) return null;
        const { Results, app } = propertyPanels[id];
        const structureId = results.properties.relax?.structureId ?? calculation.structureId;
        return (
          <Fragment key={id}>
            <Results calculation={calculation} results={results} />
            {app && <AppLink app={app} structureId={structureId} />}
          </Fragment>
        );
      })}
      {results.scf && <GroundState calculation={calculation} results={results} />}
      {!hasEnded && <KpointBars tree={tree} progress={progress} />}
      {done.length > 0 && <Convergence progress={progress} scf={results.scf} />}
      {done.length === 0 && !hasFailed && history}
      {hasFailed && (
        <details className={styles.folded}>
          <summary>The log</summary>
          <LogText id={calculation.id} />
        </details>
      )}
    </div>
  );
}

/** One until it is known, so that energies are at least in proportion. */
function useAtomCount(structureId: string): number {
  const trpc = useTRPC();
  return useQuery(trpc.structures.get.queryOptions({ id: structureId })).data?.sites ?? 1;
}
