import type { Layout } from 'plotly.js-strict-dist-min';
import { type ColorScheme, tokenValue } from '../theme/tokens';

/** `sans` is the name that the build gives our own font; files made for elsewhere fall back to what is there. */
const FONT = 'sans, Helvetica, Arial, system-ui, sans-serif';

/** What all plots share: no chart junk, room for labels, the page's colours. */
export const layoutLook = (scheme: ColorScheme): Layout => ({
  font: { family: FONT, size: 14, color: tokenValue('ink', scheme) },
  paper_bgcolor: 'rgba(0,0,0,0)',
  plot_bgcolor: 'rgba(0,0,0,0)',
  margin: { l: 66, r: 14, t: 12, b: 52 },
  hovermode: 'closest',
  hoverdistance: 24,
  hoverlabel: {
    bgcolor: tokenValue('surface', scheme),
    bordercolor: tokenValue('line-strong', scheme),
    font: { family: FONT, size: 13, color: tokenValue('ink', scheme) },
  },
  dragmode: 'zoom',
  showlegend: true,
  legend: { orientation: 'h', y: 1.06 },
  separators: '. ',
});

/** Below this width, px, letters and margins shrink so that labels stay apart. */
const NARROW_PX = 480;

/** The layout at the size of its frame, px. */
export const fitLayout = (layout: Layout, width: number, height: number): Layout =>
  width >= NARROW_PX
    ? { ...layout, width, height }
    : {
        ...layout,
        ...{ width, height },
        font: { ...(layout['font'] as object), size: 11 },
        margin: { l: 48, r: 8, t: 10, b: 44 },
      };

/** A frame with ticks outside. */
export const axisLook = (scheme: ColorScheme): Layout => ({
  showline: true,
  mirror: true,
  linewidth: 1,
  linecolor: tokenValue('ink-soft', scheme),
  ticks: 'outside',
  ticklen: 5,
  tickcolor: tokenValue('ink-soft', scheme),
  gridcolor: tokenValue('grid', scheme),
  automargin: true,
});
