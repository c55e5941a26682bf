'use client';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { relaxSettingsSchema } from '@/server/properties/relax/schema';
import type { ShownRelaxation } from '@/server/schemas/calculation';
import { useTRPC } from '../../_trpc/client';
import { ButtonLink } from '../../components/ButtonLink';
import { fileStem } from '../../components/download';
import { Notice } from '../../components/Notice';
import { toCsv } from '../../format/csv';
import { fixed, plain, quantity } from '../../format/number';
import { methodWords } from '../../plot/electronic-export';
import { NumbersTable } from '../../plot/NumbersTable';
import { PlotFigure } from '../../plot/PlotFigure';
import { relaxFigure } from '../../plot/relax-figure';
import { TrajectoryPlayer } from '../../structure/TrajectoryPlayer';
import type { ColorScheme } from '../../theme/tokens';
import type { ResultsProps } from '../panels';
import { CellTable } from './CellTable';
import styles from './relax.module.css';
import { RelaxSketch } from './Sketch';

/** The way to the relaxed geometry: as a plot, in 3D, and what became of the cell. */
export function RelaxResults({ calculation, results }: ResultsProps) {
  const { relax } = results.properties;
  return relax && <Relaxation calculation={calculation} relax={relax} />;
}

function Relaxation({ calculation, relax }: Pick<ResultsProps, 'calculation'> & { relax: ShownRelaxation }) {
  const trpc = useTRPC();
  const structure = useQuery(trpc.structures.get.queryOptions({ id: calculation.structureId }));
  const { trajectory, structureId, converged } = relax;
  const relaxed = useQuery({
    ...trpc.structures.get.queryOptions({ id: structureId ?? '' }),
    enabled: structureId !== null,
  });
  const [step, setStep] = useState(Math.max(0, trajectory.length - 1));
  const atoms = trajectory[0]?.fractional.length ?? 1;
  const tolerance = toleranceOf(calculation.inputs.resolved.properties['relax']?.settings);
  const figureIn = useCallback(
    (scheme: ColorScheme) => relaxFigure(trajectory, { forceTolerance: tolerance, atoms }, scheme),
    [trajectory, tolerance, atoms],
  );
  const [first, last] = [trajectory[0], trajectory.at(-1)];
  if (!first || !last) return null;
  const stem = fileStem(calculation.label);
  const gain = (1000 * (first.energyEv - last.energyEv)) / atoms;
  const sentence = `${trajectory.length} geometries, the energy fell by ${fixed(gain, 2)} meV per atom, the largest force from ${plain(first.largestForceEvPerAngstrom, 3)} to ${plain(last.largestForceEvPerAngstrom, 3)} eV/Å`;
  const files = [
    {
      label: 'Steps as CSV',
      fileName: `${stem}-relaxation.csv`,
      mediaType: 'text/csv',
      text: () =>
        toCsv(
          ['step', 'run', 'energy (eV)', 'largest force (eV/angstrom)', 'pressure (GPa)'],
          trajectory.map((one) => [one.step, one.run, one.energyEv, one.largestForceEvPerAngstrom, one.pressureGpa]),
        ),
    },
    {
      label: 'Trajectory as JSON',
      fileName: `${stem}-relaxation.json`,
      mediaType: 'application/json',
      text: () => JSON.stringify(relax),
    },
  ];
  return (
    <section className={styles.relaxation} aria-label="Relaxed geometry">
      {!converged && (
        <Notice tone="warn">
          It ended before the forces were small: this is the last geometry, not a relaxed one.
        </Notice>
      )}
      <div className={styles.both}>
        <PlotFigure
          title="Relaxation"
          figureIn={figureIn}
          text={`Relaxation of ${calculation.formula}: ${sentence}. The table below holds every step.`}
          caption={`Relaxation of ${calculation.formula}: ${sentence}. ${methodWords(calculation)}`}
          fileStem={`${stem}-relaxation`}
          files={files}
          placeholder={<RelaxSketch />}
          table={
            <NumbersTable
              label="Steps of the relaxation"
              header={['Step', 'Energy (eV)', 'Largest force (eV/Å)', 'Pressure (GPa)']}
              rows={trajectory.map((one, i) => [
                String(i),
                fixed(one.energyEv, 5),
                plain(one.largestForceEvPerAngstrom, 4),
                fixed(one.pressureGpa, 3),
              ])}
            />
          }
        />
        <div className={styles.motion}>
          <h3>Trajectory</h3>
          {structure.data ? (
            <TrajectoryPlayer
              structure={structure.data.structure}
              formula={calculation.formula}
              geometries={trajectory}
              step={step}
              onStep={setStep}
              readout={(at) => {
                const { energyEv, largestForceEvPerAngstrom: force } = trajectory[at]!;
                return `Step ${at} of ${trajectory.length - 1}: ${quantity((1000 * (energyEv - last.energyEv)) / atoms, 2, 'meV per atom')} above the last, largest force ${plain(force, 3)} eV/Å`;
              }}
            />
          ) : (
            <div className={styles.waiting} />
          )}
        </div>
      </div>
      <div className={styles.ends}>
        <CellTable
          before={first.cellAngstrom}
          after={last.cellAngstrom}
          symmetry={{ before: structure.data?.symmetry ?? null, after: relaxed.data?.symmetry ?? null }}
        />
        {structureId && (
          <ButtonLink href={`/new?structure=${structureId}`} prefetch={false} variant="default">
            Use this structure
          </ButtonLink>
        )}
      </div>
    </section>
  );
}

function toleranceOf(settings: unknown): number | null {
  return relaxSettingsSchema.partial().safeParse(settings).data?.forceToleranceEvPerAngstrom ?? null;
}
