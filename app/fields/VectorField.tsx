'use client';
import styles from './fields.module.css';
import { NumberField } from './NumberField';
import type { Bounds } from './parse-decimal';

type Vector = [number, number, number];

interface Props extends Bounds {
  label: string;
  value: Vector;
  onChange: (value: Vector) => void;
}

/** Three numbers along the reciprocal axes. */
export function VectorField({ label, value, onChange, ...bounds }: Props) {
  return (
    <fieldset className={styles.vector}>
      <legend className="visually-hidden">{label}</legend>
      {value.map((x, axis) => (
        <NumberField
          // biome-ignore lint/suspicious/noArrayIndexKey: the axis is the name.
          key={axis}
          label={`${label} along axis ${axis + 1}`}
          isLabelHidden
          width={62}
          value={x}
          onChange={(next) => onChange(value.with(axis, next) as Vector)}
          {...bounds}
        />
      ))}
    </fieldset>
  );
}
