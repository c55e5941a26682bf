'use client';
import { Checkbox, NumberInput, Select, Slider, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { type AppInput, faultOf, type InputValue, type Widget } from '@/server/schemas/app/inputs';
import styles from './app-page.module.css';
import { FileField } from './FileField';
import { StructureField } from './StructureField';

export interface FieldProps<Kind extends Widget['kind']> {
  widget: Extract<Widget, { kind: Kind }>;
  label: string;
  value: InputValue;
  onChange: (value: InputValue) => void;
}

interface Props {
  input: AppInput;
  value: InputValue;
  visitId: string | null;
  onChange: (value: InputValue) => void;
  onFault: (fault: string | null) => void;
}

/** One input by its kind. */
export function InputField({ input, value, visitId, onChange, onFault }: Props) {
  const { widget, name } = input;
  const label = widget.label ?? name;
  const common = { label, value, onChange };
  switch (widget.kind) {
    case 'slider':
      return <SliderField widget={widget} {...common} />;
    case 'number':
      return <NumberField widget={widget} input={input} {...common} />;
    case 'select': {
      const options = widget.options.map((option, i) => ({ value: String(i), label: String(option) }));
      const at = widget.options.indexOf(value as never);
      return (
        <Select
          label={label}
          description={widget.help}
          data={options}
          allowDeselect={false}
          value={at < 0 ? null : String(at)}
          onChange={(chosen) => chosen !== null && onChange(widget.options[Number(chosen)]!)}
        />
      );
    }
    case 'text':
      return (
        <TextInput
          label={label}
          description={widget.help}
          maxLength={widget.maxLength}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'checkbox':
      return (
        <Checkbox
          label={label}
          description={widget.help}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'structure':
      return <StructureField widget={widget} {...common} />;
    case 'file':
      return <FileField widget={widget} {...common} visitId={visitId} onFault={onFault} />;
  }
}

function SliderField({ widget, label, value, onChange }: FieldProps<'slider'>) {
  const id = useId();
  const { min, max, step, unit, help } = widget;
  const digits = Math.max(0, Math.min(8, -Math.floor(Math.log10(step) + 1e-9)));
  const shown = `${Number(value).toFixed(digits)}${unit ? ` ${unit}` : ''}`;
  return (
    <div className={styles.slider}>
      <div className={styles.sliderHead}>
        <span id={id}>{label}</span>
        <span className="figures">{shown}</span>
      </div>
      {help && (
        <p className={styles.help} id={`${id}-help`}>
          {help}
        </p>
      )}
      <Slider
        min={min}
        max={max}
        step={step}
        label={null}
        value={Number(value)}
        // Steps of a tenth are no binary numbers: what is meant is the decimal one.
        onChange={(next) => onChange(Number(next.toFixed(digits)))}
        thumbProps={{
          'aria-labelledby': id,
          'aria-valuetext': shown,
          ...(help ? { 'aria-describedby': `${id}-help` } : {}),
        }}
      />
    </div>
  );
}

/** What is no number yet stays in the field and goes nowhere. */
function NumberField({ widget, input, label, value, onChange }: FieldProps<'number'> & { input: AppInput }) {
  const [typed, setTyped] = useState<string | number | null>(null);
  const { min, max, step, unit, help } = widget;
  const fault = typed === null ? null : faultOf(input, typed);
  return (
    <NumberInput
      label={unit ? `${label} (${unit})` : label}
      description={help}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      step={step ?? 1}
      clampBehavior="none"
      value={typed ?? Number(value)}
      error={fault}
      onChange={(next) => {
        setTyped(next);
        if (faultOf(input, next) === null && next !== value) onChange(next);
      }}
      onBlur={() => {
        if (fault === null) setTyped(null);
      }}
    />
  );
}
