import type { Figure } from 'plotly.js-strict-dist-min';
import { axisLook, layoutLook } from '../plot/plot-look';
import { type ColorScheme, seriesColors, tokenValue } from '../theme/tokens';
import type { RunResults } from './run-results';

export interface NamedDos {
  name: string;
  dos: NonNullable<RunResults['dos']>;
  /** By which the states are divided, so that cells of several sizes compare. */
  atoms: number;
}

/** Of both spins together, in states per eV and atom. */
export const statesPerAtom = ({ dos, atoms }: NamedDos): number[] =>
  dos.energiesEv.map((_, i) => dos.statesPerEv.reduce((sum, spin) => sum + spin[i]!, 0) / atoms);

/** The total densities of states of several calculations over each other, each above its own zero. */
export function comparedDosFigure(drawn: readonly NamedDos[], scheme: ColorScheme): Figure {
  const colours = seriesColors[scheme];
  const zeros = new Set(drawn.map(({ dos }) => dos.zero));
  const zero = zeros.size > 1 ? 'zero' : zeros.has('fermi') ? '<i>E</i><sub>F</sub>' : '<i>E</i><sub>VBM</sub>';
  return {
    data: drawn.map((one, i) => ({
      ...{ type: 'scatter', mode: 'lines', x: one.dos.energiesEv, y: statesPerAtom(one) },
      // Plotly would take a label with brackets for markup.
      name: one.name.replaceAll('<', '‹'),
      hovertemplate: '%{x:.2f} eV: %{y:.3f}<extra>%{fullData.name}</extra>',
      line: { color: colours[i % colours.length], width: 1.6, dash: (['solid', 'dot', 'dash'] as const)[i % 3] },
    })),
    layout: {
      ...layoutLook(scheme),
      xaxis: {
        ...axisLook(scheme),
        title: { text: `<i>E</i> − ${zero} (eV)` },
        zeroline: true,
        zerolinecolor: tokenValue('ink-soft', scheme),
      },
      yaxis: { ...axisLook(scheme), title: { text: 'States per eV and atom' }, rangemode: 'tozero' },
    },
  } as unknown as Figure;
}
