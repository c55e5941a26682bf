'use client';
import { useComputedColorScheme } from '@mantine/core';
import Link from 'next/link';
import type { Figure } from 'plotly.js-strict-dist-min';
import { useMemo } from 'react';
import type { Hull, HullPhase } from '@/server/schemas/datasets';
import { Formula } from '../components/Typeset';
import { fixed, quantity } from '../format/number';
import { formulaText } from '../format/typeset';
import { PlotlyChart } from '../plot/PlotlyChart';
import { axisLook, layoutLook } from '../plot/plot-look';
import { type ColorScheme, tokenValue } from '../theme/tokens';
import styles from './entry.module.css';

/** Energies closer to the hull than this lie on it, in the unit of the energies. */
const ON_HULL = 1e-9;

/** How stable a material is against the others of its chemical system, with the diagram of two or three elements. */
export function HullPanel({ hull, slug }: { hull: Hull; slug: string }) {
  const scheme = useComputedColorScheme('light');
  const { elements, phases, own, decomposition, property, isCut } = hull;
  const phase = phases[own]!;
  const unit = property.unit ?? '';
  const figure = useMemo(() => drawing(hull, scheme), [hull, scheme]);
  const isStable = phase.aboveHull <= ON_HULL;
  return (
    <section aria-labelledby="hull-title" className={styles.hull}>
      <h2 id="hull-title">Stability in {elements.join('–')}</h2>
      <p className={styles.verdict}>
        {isStable ? (
          <>On the convex hull: no mixture of the {phases.length} phases here is lower.</>
        ) : (
          <>
            {unit ? quantity(phase.aboveHull, 4, unit) : fixed(phase.aboveHull, 4)} above the hull; it would fall apart
            into{' '}
            {decomposition.map(({ phase: j, share }, i) => (
              <span key={phases[j]!.formula + String(j)}>
                {i > 0 && ' + '}
                {fixed(100 * share, 1)} % <PhaseName phase={phases[j]!} slug={slug} />
              </span>
            ))}
            .
          </>
        )}
      </p>
      {figure && (
        <div className={styles.hullPlot}>
          <PlotlyChart
            figure={figure}
            text={describe(hull)}
            placeholder={<p className="faint">The diagram is on its way.</p>}
            resets={0}
          />
        </div>
      )}
      <p className="faint">
        From “{property.title}” of this dataset alone; shares are of atoms. Elements without an entry stand at zero.
        {isCut && ' There are more phases than were taken.'}
      </p>
    </section>
  );
}

function PhaseName({ phase: { key, formula }, slug }: { phase: HullPhase; slug: string }) {
  if (key === null) return <Formula of={formula} />;
  return (
    <Link href={`/explore/${slug}/${encodeURIComponent(key)}`}>
      <Formula of={formula} />
    </Link>
  );
}

const describe = ({ elements, phases, own }: Hull) =>
  `Phase diagram of ${elements.join(', ')}: ${phases.length} phases, ${phases.filter(({ aboveHull }) => aboveHull <= ON_HULL).length} of them on the hull; ${phases[own]!.formula} is marked.`;

/** Of two elements energy against composition, of three a triangle of compositions; more are not drawn. */
function drawing(hull: Hull, scheme: ColorScheme): Figure | null {
  if (hull.elements.length === 2) return binary(hull, scheme);
  return hull.elements.length === 3 ? ternary(hull, scheme) : null;
}

const hover = ({ formula, aboveHull }: HullPhase, unit: string) =>
  `${formulaText(formula)}<br>${aboveHull <= ON_HULL ? 'on the hull' : `${aboveHull.toFixed(4)} ${unit} above the hull`}`;

function groups({ phases, own }: Hull) {
  const isOn = (phase: HullPhase) => phase.aboveHull <= ON_HULL;
  return { stable: phases.filter(isOn), above: phases.filter((phase) => !isOn(phase)), own: [phases[own]!] };
}

function looks(scheme: ColorScheme) {
  return {
    stable: { size: 9, color: tokenValue('accent', scheme) },
    above: { size: 6, color: tokenValue('ink-faint', scheme), symbol: 'diamond-open' },
    own: { size: 16, color: tokenValue('warn', scheme), symbol: 'circle-open', line: { width: 2 } },
  } as const;
}

const names = { stable: 'on the hull', above: 'above it', own: 'this material' } as const;

function binary(hull: Hull, scheme: ColorScheme): Figure {
  const parts = groups(hull);
  const look = looks(scheme);
  const x = ({ composition }: HullPhase) => composition[1]!;
  const unit = hull.property.unit ?? '';
  const line = parts.stable.toSorted((a, b) => x(a) - x(b));
  const points = (name: keyof typeof parts) => ({
    type: 'scatter',
    mode: 'markers',
    name: names[name],
    x: parts[name].map(x),
    y: parts[name].map(({ energyPerAtom }) => energyPerAtom),
    text: parts[name].map((phase) => hover(phase, unit)),
    hovertemplate: '%{text}<extra></extra>',
    marker: look[name],
  });
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        x: line.map(x),
        y: line.map((phase) => phase.energyPerAtom),
        line: { color: look.stable.color, width: 1.5 },
        hoverinfo: 'skip',
        showlegend: false,
      },
      points('above'),
      points('stable'),
      points('own'),
    ],
    layout: {
      ...layoutLook(scheme),
      xaxis: {
        ...axisLook(scheme),
        title: { text: `Share of ${hull.elements[1]}` },
        range: [-0.03, 1.03],
        zeroline: false,
      },
      yaxis: { ...axisLook(scheme), title: { text: `${hull.property.title}${unit ? ` (${unit})` : ''}` } },
    },
  } as unknown as Figure;
}

function ternary(hull: Hull, scheme: ColorScheme): Figure {
  const parts = groups(hull);
  const look = looks(scheme);
  const unit = hull.property.unit ?? '';
  const points = (name: keyof typeof parts) => ({
    type: 'scatterternary',
    mode: 'markers',
    name: names[name],
    a: parts[name].map(({ composition }) => composition[0]!),
    b: parts[name].map(({ composition }) => composition[1]!),
    c: parts[name].map(({ composition }) => composition[2]!),
    text: parts[name].map((phase) => hover(phase, unit)),
    hovertemplate: '%{text}<extra></extra>',
    marker: look[name],
  });
  const axis = (text: string) => ({
    title: { text },
    linecolor: tokenValue('ink-soft', scheme),
    gridcolor: tokenValue('grid', scheme),
    showticklabels: false,
  });
  const [a, b, c] = hull.elements as [string, string, string];
  return {
    data: [points('above'), points('stable'), points('own')],
    layout: {
      ...layoutLook(scheme),
      ternary: { sum: 1, bgcolor: 'rgba(0,0,0,0)', aaxis: axis(a), baxis: axis(b), caxis: axis(c) },
    },
  } as unknown as Figure;
}
