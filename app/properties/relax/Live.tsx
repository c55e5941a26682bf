'use client';
import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { plain } from '../../format/number';
import { PlotlyChart } from '../../plot/PlotlyChart';
import { type GeometryPoint, relaxFigure } from '../../plot/relax-figure';
import { RelaxSketch } from './Sketch';

/** A relaxation as it comes, geometry by geometry; the same drawing as at its end. */
export function LiveRelaxation({ points, atoms }: { points: GeometryPoint[]; atoms: number }) {
  const scheme = useComputedColorScheme('light');
  const figure = useMemo(() => relaxFigure(points, { forceTolerance: null, atoms }, scheme), [points, atoms, scheme]);
  const last = points.at(-1)!;
  return (
    <section aria-labelledby="live-relaxation">
      <h2 id="live-relaxation">
        Relaxation, {points.length === 1 ? 'the first geometry' : `${points.length} geometries`}
      </h2>
      <PlotlyChart
        figure={figure}
        text={`Geometry ${points.length}: largest force ${plain(last.largestForceEvPerAngstrom, 3)} eV/Å`}
        placeholder={<RelaxSketch />}
        resets={0}
      />
    </section>
  );
}
