import { Displayed, type MediaBundle } from './display';
import type { BandsData, DosData, RelaxationData } from './types';

export type Trace = Record<string, unknown>;
export type Layout = Record<string, unknown>;

/** A figure of Plotly: the last value of a cell is drawn. `data` and `layout` may be changed before. */
export class Figure extends Displayed {
  constructor(
    readonly data: Trace[],
    readonly layout: Layout,
    /** Of the page that shows the same. */
    readonly url: string | null = null,
  ) {
    super();
  }

  protected mediaBundle(): MediaBundle {
    const { data, layout, url } = this;
    const names = data.map(({ name }) => name).filter((name) => typeof name === 'string');
    const plain = `Figure${names.length > 0 ? ` of ${names.join(', ')}` : ''}${url ? ` (${url})` : ''}`;
    return { 'application/vnd.plotly.v1+json': { data, layout }, 'text/plain': plain };
  }
}

/** Any figure of Plotly. */
export const plot = (data: Trace | Trace[], layout: Layout = {}): Figure =>
  new Figure(Array.isArray(data) ? data : [data], layout);

const GREEK: Record<string, string> = { GAMMA: 'Γ', DELTA: 'Δ', LAMBDA: 'Λ', SIGMA: 'Σ' };
const typeset = (label: string) =>
  label.replace(/GAMMA|DELTA|LAMBDA|SIGMA/g, (name) => GREEK[name]!).replace(/_(\d+)/g, '<sub>$1</sub>');
const spins = ['spin up', 'spin down'];
const spinName = (count: number, spin: number, name: string) => (count > 1 ? spins[spin] : name);
const energyTitle = (zero: BandsData['zero']) =>
  `Energy − ${zero === 'fermi' ? 'Fermi level' : 'valence maximum'} (eV)`;
/** Deeper states are there when one zooms out. */
const window = (lowest: number, gapEv: number) => [Math.max(lowest - 0.6, -16), gapEv + 7];

/** Bands along their path, with the zero of energy as on the page. */
export function bandsFigure(
  { kpoints, ticks, segments, energiesEv, zeroEv, zero, gap }: BandsData,
  url: string,
): Figure {
  const data = energiesEv.map((ofSpin, spin) => {
    const x: (number | null)[] = [];
    const y: (number | null)[] = [];
    for (let band = 0; band < (ofSpin[0]?.length ?? 0); band++)
      for (const [from, to] of segments) {
        for (let k = from; k <= to; k++) {
          x.push(kpoints[k]!.distance);
          y.push(ofSpin[k]![band]! - zeroEv);
        }
        // The pen is lifted between bands and where the path breaks.
        x.push(null);
        y.push(null);
      }
    const name = spinName(energiesEv.length, spin, 'bands');
    return { type: 'scatter', mode: 'lines', x, y, name, showlegend: energiesEv.length > 1 };
  });
  const lowest = Math.min(...energiesEv.flat().map((energies) => Math.min(...energies))) - zeroEv;
  return new Figure(
    data,
    {
      xaxis: {
        tickmode: 'array',
        tickvals: ticks.map(({ distance }) => distance),
        ticktext: ticks.map(({ label }) => typeset(label)),
        range: [0, kpoints.at(-1)?.distance ?? 1],
      },
      yaxis: { title: { text: energyTitle(zero) }, range: window(lowest, gap.gapEv) },
    },
    url,
  );
}

/** The density of states over energy; of spin down below the axis. */
export function dosFigure({ energiesEv, statesPerEv, zeroEv, zero }: DosData, url: string): Figure {
  const x = energiesEv.map((energy) => energy - zeroEv);
  const data = statesPerEv.map((states, spin) => ({
    ...{ type: 'scatter', mode: 'lines', fill: 'tozeroy', x },
    y: spin === 1 ? states.map((value) => -value) : states,
    name: spinName(statesPerEv.length, spin, 'density of states'),
    showlegend: statesPerEv.length > 1,
  }));
  const yaxis = { title: { text: 'Density of states (states/eV per cell)' } };
  return new Figure(data, { xaxis: { title: { text: energyTitle(zero) } }, yaxis }, url);
}

/** Energy and largest force of every geometry. */
export function relaxationFigure({ trajectory }: RelaxationData, url: string): Figure {
  const x = trajectory.map(({ step }) => step);
  const last = trajectory.at(-1)?.energyEv ?? 0;
  return new Figure(
    [
      { type: 'scatter', x, y: trajectory.map(({ energyEv }) => energyEv - last), name: 'energy above the last (eV)' },
      {
        ...{ type: 'scatter', x, name: 'largest force (eV/Å)', yaxis: 'y2' },
        y: trajectory.map((geometry) => geometry.largestForceEvPerAngstrom),
      },
    ],
    {
      xaxis: { title: { text: 'Step' } },
      yaxis: { title: { text: 'Energy (eV)' } },
      yaxis2: { title: { text: 'Force (eV/Å)' }, overlaying: 'y', side: 'right' },
    },
    url,
  );
}
