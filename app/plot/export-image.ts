import type { Figure } from 'plotly.js-strict-dist-min';

const WIDTH = 900;
const HEIGHT = 600;

/** The figure as a file on white, for paper: PNG at twice the size, or SVG. */
export async function exportImage({ data, layout }: Figure, format: 'png' | 'svg'): Promise<Blob> {
  const { default: plotly } = await import('plotly.js-strict-dist-min');
  const onWhite = { ...layout, paper_bgcolor: '#ffffff', plot_bgcolor: '#ffffff' };
  const url = await plotly.toImage(
    { data, layout: onWhite },
    {
      format,
      width: WIDTH,
      height: (layout['height'] as number | undefined) ?? HEIGHT,
      scale: format === 'png' ? 2 : 1,
    },
  );
  return (await fetch(url)).blob();
}
