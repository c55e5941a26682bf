import { KernelError } from '../../core/errors';
import { elementBySymbol } from '../../crystal/elements';
import { electronsByAngularMomentum } from './configurations';
import { readUpf1 } from './read-upf-1';
import { readUpf2 } from './read-upf-2';
import type { UpfParameters } from './upf';
import { UpfText } from './upf-text';

/** What both versions of the format say, in the units of the file: rydberg and bohr. */
export interface UpfContents {
  element: string;
  /** NC, SL, US, PAW or 1/r. */
  kind: string;
  hasSpinOrbit: boolean;
  valence: number;
  functional: string;
  radii: Float64Array;
  weights: Float64Array;
  local: Float64Array;
  projectors: { l: number; values: Float64Array; points: number }[];
  coupling: Float64Array;
  density: Float64Array;
  orbitals: UpfParameters['orbitals'];
  core: Float64Array | null;
}

/** Larger than any norm-conserving file that is known (2 MB). */
const LONGEST_TEXT = 2e7;
const LARGEST_MESH = 50_000;
const REFUSED: Record<string, string> = {
  US: 'an ultrasoft one',
  USPP: 'an ultrasoft one',
  PAW: 'one of the projector augmented-wave method',
  '1/r': 'the bare Coulomb potential',
};

/**
 * Reads a norm-conserving pseudopotential in the Unified Pseudopotential Format, version 2.0.1 or 1.
 * @throws KernelError pseudopotential-unsupported for ultrasoft, PAW, Coulomb and spin-orbit files;
 * pseudopotential-invalid, with the section, where the text cannot be read.
 */
export function readUpf(element: string, text: string): UpfParameters {
  const file = new UpfText(element, text);
  if (text.length > LONGEST_TEXT) {
    file.fail(`it is ${(text.length / 1e6).toFixed(0)} MB long, and norm-conserving files have no more than a few`, {
      characters: text.length,
    });
  }
  const contents = file.has('UPF') ? readUpf2(file) : readUpf1(file);
  checkKind(element, contents);
  checkContents(file, contents);
  const { valence, projectors } = contents;
  const half = (values: Float64Array) => values.map((value) => value / 2);
  return {
    element,
    name: 'given',
    valence,
    functional: contents.functional,
    radii: contents.radii,
    weights: contents.weights,
    local: half(contents.local),
    projectors: projectors.map(({ l, values }) => ({ l, values })),
    projectorPoints: Math.max(1, ...projectors.map(({ points }) => points)),
    coupling: half(contents.coupling),
    density: contents.density,
    orbitals: contents.orbitals,
    core: contents.core,
    electronsByL: electronsByAngularMomentum(elementBySymbol(element).atomicNumber, valence),
  };
}

function checkKind(element: string, { kind, hasSpinOrbit }: UpfContents): void {
  const what = REFUSED[kind] ?? (hasSpinOrbit ? 'a fully relativistic one, for calculations with spin-orbit' : null);
  if (!what) return;
  throw new KernelError(
    'pseudopotential-unsupported',
    `The pseudopotential given for ${element} is ${what}. This engine takes norm-conserving ones without spin-orbit; choose such a file.`,
    { element, kind },
  );
}

function checkContents(file: UpfText, contents: UpfContents): void {
  const { radii, weights, projectors, coupling, orbitals, valence } = contents;
  if (contents.element.toLowerCase() !== file.element.toLowerCase())
    file.fail(`it is one of ${contents.element.slice(0, 20) || 'no element'}`);
  if (contents.kind !== 'NC' && contents.kind !== 'SL')
    file.fail(`its kind is "${contents.kind.slice(0, 20)}" and should be NC`);
  const { atomicNumber } = elementBySymbol(file.element);
  if (!(valence > 0 && valence <= atomicNumber))
    file.fail(`its ion has the charge ${valence}, which should lie above 0 and up to ${atomicNumber}`, { valence });
  if (radii.length < 10 || radii.length > LARGEST_MESH)
    file.fail(`its radial mesh has ${radii.length} points`, { points: radii.length });
  for (let i = 0; i < radii.length; i++) {
    if (radii[i]! < 0 || (i > 0 && radii[i]! <= radii[i - 1]!) || !(weights[i]! > 0 || radii[i] === 0))
      file.fail(`its radial mesh does not grow at point ${i + 1}`, { point: i + 1, radius: radii[i]! });
  }
  for (const { l } of [...projectors, ...orbitals])
    if (!(Number.isInteger(l) && l >= 0 && l <= 3)) file.fail(`it holds the angular momentum ${l}`, { l });
  for (const { label, occupation } of orbitals)
    if (!Number.isFinite(occupation)) file.fail(`the occupation of its orbital ${label.slice(0, 20)} is not a number`);
  if (!(contents.density.reduce((sum, n, i) => sum + n * weights[i]!, 0) > 0))
    file.fail('PP_RHOATOM, the density of the atom, holds no electrons');
  projectors.forEach((one, i) => {
    projectors.forEach((other, j) => {
      const D = coupling[i * projectors.length + j]!;
      const transposed = coupling[j * projectors.length + i]!;
      if ((one.l !== other.l && D !== 0) || Math.abs(D - transposed) > 1e-6 * Math.abs(D))
        file.fail(`D_ij couples projectors ${i + 1} and ${j + 1} in a way that is not Hermitian or not spherical`);
    });
  });
}
