import type { Figure, Layout, Trace } from 'plotly.js-strict-dist-min';
import type { BandsResult, DosResult } from '@/server/schemas/results';
import { fixed } from '../format/number';
import { kpointLabelHtml } from '../format/typeset';
import { type ColorScheme, seriesColors, tokenValue } from '../theme/tokens';
import { bandLines, energiesAbove, energyWindow, statesScale } from './band-lines';
import { bandGroups, fatBandTraces, sharesText } from './fat-bands';
import type { OrbitalChoice } from './OrbitalControls';
import type { OrbitalGroup } from './orbital-groups';
import { axisLook, layoutLook } from './plot-look';
import { dosGroups, projectedDosTraces } from './projected-dos';

/** The share of the width that bands take when a density of states stands beside them. */
const BANDS_SHARE = 0.73;
/** Wide enough on a phone too for the last name of the path beside the first number of the density. */
const GUTTER = 0.04;
/** Of the height of the plot, for a state that is all of one group. */
const RIBBON_SHARE = 0.032;
const spinWords = ['spin up', 'spin down'];

interface Content {
  bands?: BandsResult | undefined;
  dos?: DosResult | undefined;
  choice?: OrbitalChoice;
}

const plainChoice: OrbitalChoice = { grouping: 'none', style: 'lines', spin: 'both' };

/** Bands, density of states, or both on one energy axis, so that zooming one zooms the other. */
export function electronicFigure({ bands, dos, choice = plainChoice }: Content, scheme: ColorScheme): Figure {
  const zeroEv = bands?.zeroEv ?? dos?.zeroEv ?? 0;
  const zero = bands?.zero ?? dos?.zero ?? 'fermi';
  const gapEv = (bands ?? dos)?.gap.gapEv ?? 0;
  const hasBoth = bands !== undefined && dos !== undefined;
  const seen = bands ? energiesAbove(bands, zeroEv) : dos ? dos.energiesEv.map((energy) => energy - zeroEv) : [];
  const window = energyWindow(seen, gapEv);
  const data = [
    ...(bands ? bandTraces(bands, { zeroEv, heightEv: window[1] - window[0] }, scheme, choice) : []),
    ...(dos ? dosTraces(dos, zeroEv, scheme, hasBoth, choice, bands ? bandGroups(bands, choice.grouping) : []) : []),
  ];
  const look = axisLook(scheme);
  const layout: Layout = {
    ...layoutLook(scheme),
    yaxis: { ...look, range: window, title: { text: energyTitle(zero), standoff: 8 }, zeroline: false },
    shapes: [
      ...zeroLines(hasBoth, scheme),
      ...(hasBoth ? [dosFrame(scheme)] : []),
      ...(bands ? tickLines(bands, scheme) : []),
    ],
    ...(bands ? { xaxis: pathAxis(bands, hasBoth, look) } : {}),
    ...(dos ? { [hasBoth ? 'xaxis2' : 'xaxis']: dosAxis(dos, zeroEv, window, hasBoth, look) } : {}),
  };
  return { data, layout };
}

const energyTitle = (zero: BandsResult['zero']) =>
  zero === 'fermi' ? '<i>E</i> − <i>E</i><sub>F</sub> (eV)' : '<i>E</i> − <i>E</i><sub>VBM</sub> (eV)';

function bandTraces(
  bands: BandsResult,
  { zeroEv, heightEv }: { zeroEv: number; heightEv: number },
  scheme: ColorScheme,
  choice: OrbitalChoice,
): Trace[] {
  const groups = bandGroups(bands, choice.grouping);
  const isShown = (spin: number) => choice.spin === 'both' || choice.spin === (spin === 0 ? 'up' : 'down');
  const isPolarized = bands.energiesEv.length > 1;
  const lines = bands.energiesEv.map((_, spin) => {
    const { distance, energyEv, hover } = bandLines(bands, spin, zeroEv, (k, band) =>
      groups.length > 0 ? sharesText(bands, groups, spin, k, band) : '',
    );
    return {
      type: 'scatter',
      mode: 'lines',
      x: distance,
      y: energyEv,
      text: hover,
      hoverinfo: 'text',
      name: spinWords[spin],
      showlegend: isPolarized && groups.length === 0,
      visible: isShown(spin),
      line:
        groups.length > 0
          ? { color: tokenValue('ink-soft', scheme), width: 0.8, dash: spin === 1 ? 'dash' : 'solid' }
          : { color: seriesColors[scheme][spin], width: 1.8, dash: spin === 1 ? 'dash' : 'solid' },
    };
  });
  const ribbons = fatBandTraces(bands, groups, {
    ...{ zeroEv, scheme },
    widthEv: RIBBON_SHARE * heightEv,
    hasSpins: isPolarized && choice.spin === 'both',
  });
  // Traces of a group come spin by spin. The lines lie over them.
  return [...ribbons.filter((_, i) => isShown(i % bands.energiesEv.length)), ...lines];
}

function dosTraces(
  dos: DosResult,
  zeroEv: number,
  scheme: ColorScheme,
  isBeside: boolean,
  { grouping, style }: OrbitalChoice,
  bandsGroups: OrbitalGroup[],
): Trace[] {
  const own = dosGroups(dos, grouping);
  // Beside bands the same groups in the same colours: both list the orbitals of one structure in one order.
  const groups = bandsGroups.length > 0 && own.length > 0 ? bandsGroups : own;
  const axis = isBeside ? { xaxis: 'x2' } : {};
  if (groups.length > 0) return projectedDosTraces(dos, groups, { zeroEv, style, scheme, axis, hasLegend: !isBeside });
  return dos.statesPerEv.map((states, spin) => ({
    type: 'scatter',
    mode: 'lines',
    // Spin down to the left.
    x: spin === 1 ? states.map((value) => -value) : states,
    y: dos.energiesEv.map((energy) => energy - zeroEv),
    text: states.map((value, i) => `${fixed(value, 2)} states/eV at ${fixed(dos.energiesEv[i]! - zeroEv, 2)} eV`),
    hoverinfo: 'text',
    name: spinWords[spin],
    showlegend: !isBeside && dos.statesPerEv.length > 1,
    fill: 'tozerox',
    fillcolor: `${seriesColors[scheme][spin]}26`,
    line: { color: seriesColors[scheme][spin], width: 1.5, dash: spin === 1 ? 'dash' : 'solid' },
    ...axis,
  }));
}

function pathAxis(bands: BandsResult, hasBoth: boolean, look: Layout): Layout {
  return {
    ...look,
    domain: [0, hasBoth ? BANDS_SHARE : 1],
    range: [0, bands.kpoints.at(-1)?.distance ?? 1],
    tickmode: 'array',
    tickvals: bands.ticks.map(({ distance }) => distance),
    ticktext: bands.ticks.map(({ label }) => kpointLabelHtml(label)),
    tickangle: 0,
    ticks: '',
    showgrid: false,
    zeroline: false,
    fixedrange: true,
  };
}

function dosAxis(dos: DosResult, zeroEv: number, window: [number, number], isBeside: boolean, look: Layout): Layout {
  return {
    ...look,
    domain: isBeside ? [BANDS_SHARE + GUTTER, 1] : [0, 1],
    ...statesAxis(1.06 * statesScale(dos, zeroEv, window), dos.statesPerEv.length > 1),
    title: { text: isBeside ? 'DOS (1/eV)' : 'Density of states (states/eV per cell)', standoff: 6 },
    showgrid: false,
    zeroline: false,
    fixedrange: isBeside,
  };
}

/** With spin down on the other side the numbers there are positive too. */
function statesAxis(most: number, isPolarized: boolean): Layout {
  if (!isPolarized) return { range: [0, most], nticks: 4 };
  const step = [0.5, 1, 2, 5, 10, 20, 50, 100].find((size) => most / size < 2.5) ?? most / 2;
  const ticks = [-2, -1, 0, 1, 2].map((n) => n * step).filter((x) => Math.abs(x) <= most);
  return {
    range: [-most, most],
    tickmode: 'array',
    tickvals: ticks,
    ticktext: ticks.map((x) => String(Math.abs(x))),
  };
}

const zeroLines = (hasBoth: boolean, scheme: ColorScheme) =>
  (hasBoth ? [[0, BANDS_SHARE] as const, [BANDS_SHARE + GUTTER, 1] as const] : [[0, 1] as const]).map(([x0, x1]) => ({
    type: 'line',
    xref: 'paper',
    ...{ x0, x1, y0: 0, y1: 0 },
    layer: 'between',
    line: { color: tokenValue('ink-soft', scheme), width: 1.2, dash: '6px,4px' },
  }));

/** The shared energy axis frames only the panel that it belongs to. */
const dosFrame = (scheme: ColorScheme) => ({
  type: 'rect',
  ...{ xref: 'paper', yref: 'paper' },
  ...{ x0: BANDS_SHARE + GUTTER, x1: 1, y0: 0, y1: 1 },
  line: { color: tokenValue('ink-soft', scheme), width: 1 },
});

const tickLines = (bands: BandsResult, scheme: ColorScheme) =>
  bands.ticks.slice(1, -1).map(({ distance }) => ({
    type: 'line',
    yref: 'paper',
    ...{ x0: distance, x1: distance, y0: 0, y1: 1 },
    layer: 'between',
    line: { color: tokenValue('line-strong', scheme), width: 0.75 },
  }));
