'use client';
import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Anode, anodes, type LineShape, lineShapes } from '@/kernels/diffraction/schema';
import { useSearchState } from '../components/use-search-state';
import { anodeText, shapeWords } from './words';

const widths = ['0.05', '0.1', '0.2', '0.3', '0.5', '1', '2'] as const;
const ends = ['60', '90', '120', '160'] as const;
const displacements = ['0', '0.5', '1', '2'] as const;

export interface PatternChoice {
  anode: Anode;
  shape: LineShape;
  widthDegrees: number;
  endDegrees: number;
  displacementAngstrom2: number;
}

/** Where the drawing begins, degrees of 2 theta. */
export const PATTERN_START = 5;

/** What is drawn of a pattern, kept in the address, and the controls that change it. */
export function usePatternChoice(): { choice: PatternChoice; controls: ReactNode } {
  const [anode, setAnode] = useSearchState('xray', anodes, 'Cu');
  const [shape, setShape] = useSearchState('shape', lineShapes, 'pseudo-voigt');
  const [width, setWidth] = useSearchState('fwhm', widths, '0.2');
  const [end, setEnd] = useSearchState('to', ends, '90');
  const [displacement, setDisplacement] = useSearchState('b', displacements, '0');
  const controls = (
    <>
      <NativeSelect
        size="xs"
        label="Radiation"
        value={anode}
        onChange={(event) => setAnode(event.currentTarget.value as Anode)}
        data={anodes.map((value) => ({ value, label: anodeText(value) }))}
      />
      <NativeSelect
        size="xs"
        label="Shape of lines"
        value={shape}
        onChange={(event) => setShape(event.currentTarget.value as LineShape)}
        data={lineShapes.map((value) => ({ value, label: shapeWords[value] }))}
      />
      <NativeSelect
        size="xs"
        label="Full width at half maximum"
        value={width}
        onChange={(event) => setWidth(event.currentTarget.value as (typeof widths)[number])}
        data={widths.map((value) => ({ value, label: `${value}°` }))}
      />
      <NativeSelect
        size="xs"
        label="Up to 2θ of"
        value={end}
        onChange={(event) => setEnd(event.currentTarget.value as (typeof ends)[number])}
        data={ends.map((value) => ({ value, label: `${value}°` }))}
      />
      <NativeSelect
        size="xs"
        label="Thermal motion, B"
        value={displacement}
        onChange={(event) => setDisplacement(event.currentTarget.value as (typeof displacements)[number])}
        data={displacements.map((value) => ({ value, label: value === '0' ? 'none' : `${value} Å²` }))}
      />
    </>
  );
  return {
    choice: {
      anode,
      shape,
      widthDegrees: Number(width),
      endDegrees: Number(end),
      displacementAngstrom2: Number(displacement),
    },
    controls,
  };
}
