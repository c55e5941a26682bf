import { z } from 'zod';
import type { Language } from '../notebook/literal';

const common = {
  /** What stands beside the field; the variable's name without it. */
  label: z.string().min(1).max(80).optional(),
  help: z.string().max(200).optional(),
};
const number = z.number().finite();
const unit = z.string().max(20).optional();

/** How an input is asked for. `step` counts from `min`, or from zero. */
const widgetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('slider'), ...common, min: number, max: number, step: number.positive(), unit }),
  z.strictObject({
    kind: z.literal('number'),
    ...common,
    min: number.optional(),
    max: number.optional(),
    step: number.positive().optional(),
    unit,
  }),
  z.strictObject({
    kind: z.literal('select'),
    ...common,
    options: z
      .array(z.union([z.string().max(200), number]))
      .min(1)
      .max(200),
  }),
  z.strictObject({
    kind: z.literal('text'),
    ...common,
    maxLength: z.number().int().min(1).max(10_000).default(1_000),
  }),
  z.strictObject({ kind: z.literal('checkbox'), ...common }),
  z.strictObject({ kind: z.literal('structure'), ...common }),
  z.strictObject({
    kind: z.literal('file'),
    ...common,
    accept: z
      .array(z.string().regex(/^\.[\w.]{1,20}$/))
      .max(20)
      .default([]),
  }),
]);

export type Widget = z.infer<typeof widgetSchema>;
export type InputValue = string | number | boolean | null;

/** A variable of the notebook that a visitor of its app sets. */
export interface AppInput {
  name: string;
  widget: Widget;
  /** What the notebook itself gives it. */
  initial: InputValue;
  cellId: string;
}

export interface DeclarationFault {
  cellId: string;
  /** Within the cell, from 1. */
  line: number;
  message: string;
}

export interface Declarations {
  inputs: AppInput[];
  faults: DeclarationFault[];
}

/** What one line assigns: where in the line its value stands, and the words of its declaration. */
export interface InputLine {
  name: string;
  start: number;
  end: number;
  literal: string;
  widget: string;
}

const patterns: Record<Language, RegExp> = {
  typescript:
    /^(?<head>(?:const|let|var)\s+(?<name>[A-Za-z_$][\w$]*)(?:\s*:\s*[\w |]+)?\s*=\s*)(?<literal>"(?:[^"\\]|\\.)*"|[^"]+?)\s*;?\s*\/\/\s*@input\s+(?<widget>\{.*\})\s*$/,
  python:
    /^(?<head>(?<name>[A-Za-z_]\w*)(?:\s*:\s*[\w |]+)?\s*=\s*)(?<literal>"(?:[^"\\]|\\.)*"|[^"]+?)\s*#\s*@input\s+(?<widget>\{.*\})\s*$/,
};
const marks: Record<Language, RegExp> = { typescript: /\/\/\s*@input\b/, python: /#\s*@input\b/ };
const shapes: Record<Language, string> = {
  typescript: 'const volume = 40; // @input {"kind": "slider", "min": 30, "max": 50, "step": 1}',
  python: 'volume = 40  # @input {"kind": "slider", "min": 30, "max": 50, "step": 1}',
};
const INPUTS_MAX = 40;

/** The languages in which inputs are read, by the name that a kernel gives its own. */
export function inputLanguage(language: string): Language | null {
  if (/^typescript$|^deno$/i.test(language)) return 'typescript';
  return /^(i?python|python3)$/i.test(language) ? 'python' : null;
}

/** A line that declares an input; null where it is another. */
export function readLine(line: string, language: Language): InputLine | null {
  const { groups } = patterns[language].exec(line) ?? {};
  if (!groups) return null;
  const { head, name, literal, widget } = groups as Record<string, string>;
  return {
    ...{ name: name!, literal: literal!, widget: widget! },
    start: head!.length,
    end: head!.length + literal!.length,
  };
}

/** The inputs that the cells of a notebook declare, from their text alone; what cannot be read is told with its line. */
export function readInputs(cells: { cellId: string; source: string }[], language: Language): Declarations {
  const inputs: AppInput[] = [];
  const faults: DeclarationFault[] = [];
  for (const { cellId, source } of cells)
    for (const [at, line] of source.split('\n').entries()) {
      if (!marks[language].test(line)) continue;
      const read = readInput(line, cellId, language);
      const message =
        typeof read === 'string'
          ? read
          : inputs.some(({ name }) => name === read.name)
            ? `There is another input ${read.name}.`
            : inputs.length >= INPUTS_MAX
              ? `An app has at most ${INPUTS_MAX} inputs.`
              : null;
      if (message !== null) faults.push({ cellId, line: at + 1, message });
      else inputs.push(read as AppInput);
    }
  return { inputs, faults };
}

/** The input, or what is wrong with its line. */
function readInput(line: string, cellId: string, language: Language): AppInput | string {
  const found = readLine(line, language);
  if (!found) return `An input is written on one line of its own, as in: ${shapes[language]}`;
  const given = parse(found.widget);
  if (given === undefined) return 'What follows @input is not JSON.';
  const { data: widget, error } = widgetSchema.safeParse(given);
  if (!widget) {
    const issue = error!.issues[0]!;
    return `${issue.path.join('.') || '@input'}: ${issue.message}.`;
  }
  if (widget.kind === 'slider' && !(widget.min < widget.max)) return 'The slider has no room: min must be below max.';
  const initial = parseLiteral(found.literal, language);
  if (initial === undefined)
    return `${found.literal.slice(0, 60)} is no plain value: write a number, a text in double quotes, true or false.`;
  const input = { name: found.name, widget, initial, cellId };
  return faultOf(input, initial) ?? input;
}

/** Why a value does not fit an input; null where it does. Whether a structure or a file is there is asked elsewhere. */
export function faultOf({ name, widget }: Pick<AppInput, 'name' | 'widget'>, value: unknown): string | null {
  const label = widget.label ?? name;
  switch (widget.kind) {
    case 'slider':
    case 'number': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return `${label} takes a number.`;
      const { min, max, step } = widget;
      if (min !== undefined && value < min) return `${label} is at least ${min}.`;
      if (max !== undefined && value > max) return `${label} is at most ${max}.`;
      const steps = step === undefined ? 0 : (value - (min ?? 0)) / step;
      return Math.abs(steps - Math.round(steps)) > 1e-6 ? `${label} goes in steps of ${step}.` : null;
    }
    case 'select':
      return widget.options.includes(value as never) ? null : `${label} is one of ${widget.options.join(', ')}.`;
    case 'text':
      if (typeof value !== 'string') return `${label} takes a text.`;
      return value.length > widget.maxLength ? `${label} takes at most ${widget.maxLength} characters.` : null;
    case 'checkbox':
      return typeof value === 'boolean' ? null : `${label} is on or off.`;
    case 'structure':
      return typeof value === 'string' && structureNamePattern.test(value)
        ? null
        : `${label} takes the id of a structure, or the name of an example such as silicon.`;
    case 'file':
      if (value === null) return null;
      return typeof value === 'string' && filePattern.test(value) && fitsAccept(value, widget.accept)
        ? null
        : `${label} takes a file${widget.accept.length > 0 ? ` that ends in ${widget.accept.join(', ')}` : ''}.`;
  }
}

export const structureNamePattern = /^[a-z0-9][a-z0-9-]{0,80}$/;
/** Where a visitor's files lie, in the folder in which the cells run. */
export const INPUT_FOLDER = 'inputs';
const filePattern = /^inputs\/[\p{L}\p{N}][\p{L}\p{N}._ -]{0,120}$/u;
export const FILE_MAX = 20_000_000;

const fitsAccept = (name: string, accept: readonly string[]) =>
  accept.length === 0 || accept.some((ending) => name.toLowerCase().endsWith(ending.toLowerCase()));

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const pythonWords: Record<string, InputValue> = { True: true, False: false, None: null };

/** A plain value as a program writes it; undefined where it is none. */
function parseLiteral(text: string, language: Language): InputValue | undefined {
  if (language === 'python' && Object.hasOwn(pythonWords, text)) return pythonWords[text]!;
  if (language === 'python' && /^(true|false|null)$/.test(text)) return undefined;
  const value = parse(text);
  return typeof value === 'object' && value !== null ? undefined : (value as InputValue | undefined);
}
