import { superscript } from './number';

/** A piece of typeset text: upright or italic, on the line or below it, with or without a bar above. */
export interface Glyph {
  text: string;
  isSubscript?: true;
  isItalic?: true;
  hasOverbar?: true;
}

/** "LiCoO2" as Li Co O with a subscript 2. */
export function typesetFormula(formula: string): Glyph[] {
  return [...formula.matchAll(/([A-Za-z()[\]·]+)|([\d.]+)|([^A-Za-z\d.()[\]·]+)/g)].map(([text, , digits]) =>
    digits ? { text, isSubscript: true } : { text },
  );
}

/**
 * A space group's short Hermann-Mauguin symbol in plain text: letters in italics, "-3" as 3 with an overbar, "6_3" as 6 with a
 * subscript 3 (International Tables A, 2016, section 1.4.1).
 */
export function typesetSpaceGroup(symbol: string): Glyph[] {
  return [...symbol.matchAll(/-(\d)|_(\d)|([A-Za-z]+)|([^-_A-Za-z]+|[-_])/g)].map(([text, bar, sub, letters]) => {
    if (bar) return { text: bar, hasOverbar: true };
    if (sub) return { text: sub, isSubscript: true };
    return letters ? { text, isItalic: true } : { text };
  });
}

/** Names of k-points as files write them, to the letters of the field. */
const greek: Record<string, string> = { GAMMA: 'Γ', DELTA: 'Δ', LAMBDA: 'Λ', SIGMA: 'Σ' };

/** One k-point's label, "X_1" or "X1": letter and index apart. */
export function kpointLabelParts(label: string): { letter: string; index: string } {
  const [, name = label, index = ''] = /^([^\d_]+)_?(\d*)$/.exec(label.trim()) ?? [];
  return { letter: greek[name.toUpperCase()] ?? name, index };
}

/** For plots, whose labels take a little HTML: "X<sub>1</sub>|K". */
export const kpointLabelHtml = (label: string) =>
  label
    .split('|')
    .map(kpointLabelParts)
    .map(({ letter, index }) => (index ? `${letter}<sub>${index}</sub>` : letter))
    .join('|');

/** A sentence of a program as a person reads it: powers of ten, times signs, minus signs and units of the field. */
export const noteText = (note: string) =>
  note
    .replace(/(\d(?:\.\d+)?)e([-+]?\d+)\b/g, (_, factor, power) =>
      Number(factor) === 1 ? `10${superscript(Number(power))}` : `${factor} × 10${superscript(Number(power))}`,
    )
    .replace(/(?<=\d) x (?=\d)/g, ' × ')
    .replace(/(?<![\w.])-(?=\d)/g, '−')
    .replace(/\b(bohr|angstrom|Å|A)\^([23])/g, (_, unit, power) => `${unit}${superscript(Number(power))}`)
    .replace(/\bangstrom/g, 'Å')
    .replace(/\bBohr magnetons?\b|\bmu_?B\b/g, 'μB')
    .replace(/\bGamma\b/g, 'Γ');

const subscriptDigits = '₀₁₂₃₄₅₆₇₈₉';
/** In plain Unicode text: "X₁|K". */
export const kpointLabelText = (label: string) =>
  label
    .split('|')
    .map(kpointLabelParts)
    .map(({ letter, index }) => letter + [...index].map((digit) => subscriptDigits[Number(digit)]).join(''))
    .join('|');

/** A formula in plain Unicode text, for titles: "LiCoO₂". */
export const formulaText = (formula: string) =>
  typesetFormula(formula)
    .map(({ text, isSubscript }) =>
      isSubscript ? [...text].map((digit) => (digit === '.' ? '.' : subscriptDigits[Number(digit)])).join('') : text,
    )
    .join('');
