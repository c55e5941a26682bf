'use client';
import { Slider } from '@mantine/core';
import { useId, useMemo, useState } from 'react';
import { formula } from '@/kernels/crystal/formula';
import { parseStructure } from '@/kernels/crystal/structure';
import { Notice } from '../../components/Notice';
import { scientific } from '../../format/number';
import { FieldViewer } from '../../structure/FieldViewer';
import { parseCube } from '../../structure/parse-cube';
import { startingLevel } from '../../structure/starting-level';
import styles from './outputs.module.css';

/** Powers of ten of the largest value. */
const LEAST_POWER = -3;
const HIGHEST_POWER = -0.02;

/** A field over its structure, with a slider for the value at which the surfaces lie. */
export function VolumeOutput({ value }: { value: unknown }) {
  const id = useId();
  const read = useMemo(() => readVolume(value), [value]);
  const [power, setPower] = useState<number | null>(null);
  const [drawn, setDrawn] = useState<number | null>(null);
  const largest = useMemo(
    () => (typeof read === 'string' ? 1 : read.field.values.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1),
    [read],
  );
  if (typeof read === 'string') return <Notice tone="warn">{read}</Notice>;
  const { structure, field, label, unit } = read;
  const automatic = Math.log10(startingLevel(field.values) / largest || 1e-9);
  const start = Math.min(HIGHEST_POWER, Math.max(LEAST_POWER, automatic));
  const shown = `${scientific(largest * 10 ** (power ?? start), 2)} ${unit}`;
  return (
    <figure className={styles.volume}>
      <figcaption id={id}>{label}</figcaption>
      <div className={styles.volumeFrame}>
        <FieldViewer
          structure={structure}
          formula={formula(structure)}
          field={field}
          level={largest * 10 ** (drawn ?? start)}
        />
      </div>
      <div className={styles.level}>
        <span id={`${id}-level`}>Surface at</span>
        <Slider
          className={styles.levelSlider}
          thumbProps={{ 'aria-labelledby': `${id}-level ${id}`, 'aria-valuetext': shown }}
          min={LEAST_POWER}
          max={HIGHEST_POWER}
          step={0.02}
          value={power ?? start}
          onChange={setPower}
          onChangeEnd={setDrawn}
          label={null}
        />
        <span className="figures">{shown}</span>
      </div>
    </figure>
  );
}

/** Made by a cell, whatever it says: a sentence where it is no field. */
function readVolume(value: unknown) {
  const { label, unit, cube, structure } = (value ?? {}) as Record<string, unknown>;
  try {
    const read = { structure: parseStructure(structure), field: parseCube(String(cube)) };
    return { ...read, label: textOf(label, 'Field'), unit: textOf(unit, '') };
  } catch (err) {
    return `This field cannot be drawn: ${err instanceof Error ? err.message : String(err)}`;
  }
}

const textOf = (value: unknown, other: string) => (typeof value === 'string' ? value.slice(0, 200) : other);
