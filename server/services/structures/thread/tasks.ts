import { BOHR_ANGSTROM } from '@/kernels/core/constants';
import { KernelError } from '@/kernels/core/errors';
import { cellParameters, cellVolume, reciprocalCell } from '@/kernels/crystal/cell';
import { checkStructure } from '@/kernels/crystal/check-structure';
import { densityGramPerCm3 } from '@/kernels/crystal/density';
import { bondedDimensions } from '@/kernels/crystal/dimensionality';
import { applyEdits } from '@/kernels/crystal/edit/apply-edit';
import type { StructureEdit } from '@/kernels/crystal/edit/schema';
import { exfoliate, kindsOfLayers, type Layer, layersOf } from '@/kernels/crystal/exfoliate';
import { readStructure } from '@/kernels/crystal/formats/read-structure';
import { type WrittenFormat, writeStructure } from '@/kernels/crystal/formats/write-structure';
import { formula } from '@/kernels/crystal/formula';
import { bandPath } from '@/kernels/crystal/kpath';
import { kpointMesh } from '@/kernels/crystal/kpoints';
import { cartesianRotation, identityOperation } from '@/kernels/crystal/operations';
import { reducedCell } from '@/kernels/crystal/reduced-cell';
import { samplePath } from '@/kernels/crystal/sample-path';
import type { Matrix3, Structure, Vector3 } from '@/kernels/crystal/schema';
import { structureHash } from '@/kernels/crystal/structure-hash';
import {
  analyzeSymmetry,
  COMPUTED_TOLERANCE_ANGSTROM,
  SHOWN_TOLERANCE_ANGSTROM,
  type Symmetry,
} from '@/kernels/crystal/symmetry';
import { hasInnerTranslation } from '@/kernels/crystal/translations';
import { tellingStrains } from '@/kernels/mechanics/elastic';
import { chooseGrid } from '@/kernels/planewave/basis/fft-grid';
import { createLattice } from '@/kernels/planewave/basis/lattice';
import type { EntryDetail } from '@/server/schemas/datasets';
import type { ResolvedProperty } from '@/server/schemas/resolved';
import type { StoredSummary } from '../structure-row';

export interface Described {
  structure: Structure;
  hash: string;
  formula: string;
  elements: string[];
  summary: StoredSummary;
}

/** All that is kept about a structure beside itself. */
export function describe(structure: Structure): Described {
  const { cellAngstrom, periodic, sites } = structure;
  const problems = checkStructure(structure);
  const { symmetry, symmetryNote } = problems.length > 0 ? unfit : summarizeSymmetry(structure);
  const parameters = cellAngstrom && cellParameters(cellAngstrom);
  return {
    structure,
    hash: structureHash(structure),
    formula: formula(structure),
    elements: [...new Set(sites.flatMap((site) => site.species.map((species) => species.element)))].sort(),
    summary: {
      cell: parameters && {
        aAngstrom: parameters.lengthsAngstrom[0],
        bAngstrom: parameters.lengthsAngstrom[1],
        cAngstrom: parameters.lengthsAngstrom[2],
        alphaDegrees: parameters.anglesDegrees[0],
        betaDegrees: parameters.anglesDegrees[1],
        gammaDegrees: parameters.anglesDegrees[2],
      },
      periodic,
      volumeAngstrom3: cellAngstrom && cellVolume(cellAngstrom),
      densityGramPerCm3: densityGramPerCm3(structure),
      symmetry,
      symmetryNote,
      issues: problems.map(({ code, message }) => ({ code, message, severity: 'error' })),
    },
  };
}

const unfit = {
  symmetry: null,
  symmetryNote: 'Symmetry is not looked for before the problems of the structure are mended.',
};

function summarizeSymmetry(structure: Structure): Pick<StoredSummary, 'symmetry' | 'symmetryNote'> {
  // That of the box around it would say nothing.
  if (!structure.periodic.includes(true)) return { symmetry: null, symmetryNote: 'A molecule has no space group.' };
  try {
    const found = symmetryOf(structure);
    const { spaceGroupNumber, symbol, hallNumber, pointGroup, crystalSystem, wyckoffLetters, isPrimitive } = found;
    const operations = found.operations.length;
    return {
      symmetry: {
        ...{ spaceGroupNumber, spaceGroupSymbol: symbol, hallNumber, pointGroup, crystalSystem },
        ...{ wyckoffLetters, isPrimitive, operations },
      },
      symmetryNote: null,
    };
  } catch (err) {
    if (err instanceof KernelError) return { symmetry: null, symmetryNote: err.message };
    throw err;
  }
}

/** The last few analyses: the wizard asks about the same structure again and again. */
const known = new Map<string, Symmetry>();
const KNOWN_MAX = 16;
/** A cell that repeats a smaller one has an operation for every repetition: 216 atoms take 1 s, 512 take 12 s. */
const REPEATED_SITES_MAX = 200;
/** Others are quick, 999 atoms 0.9 s; the thread ends what takes 2 s. */
const SITES_MAX = 1000;

export function symmetryOf(structure: Structure, toleranceAngstrom = SHOWN_TOLERANCE_ANGSTROM): Symmetry {
  const key = `${structureHash(structure)} ${toleranceAngstrom}`;
  const symmetry = known.get(key) ?? findSymmetry(structure, toleranceAngstrom);
  known.delete(key);
  known.set(key, symmetry);
  if (known.size > KNOWN_MAX) known.delete(known.keys().next().value!);
  return symmetry;
}

function findSymmetry(structure: Structure, toleranceAngstrom: number): Symmetry {
  const { length } = structure.sites;
  if (length > REPEATED_SITES_MAX && length <= SITES_MAX && hasInnerTranslation(structure, toleranceAngstrom))
    throw new KernelError(
      'repeated-cell',
      `This cell of ${length} atoms repeats a smaller one, and its symmetry is not looked for. Bring the smaller cell to see it.`,
      { sites: length },
    );
  return analyzeSymmetry(structure, { toleranceAngstrom, maximumSites: SITES_MAX });
}

export function deriveCell({ structure, cell }: { structure: Structure; cell: DerivedCell }): Described {
  const symmetry = symmetryOf(structure);
  return describe(cell === 'reduced' ? reducedCell(symmetry.primitive) : symmetry[cell]);
}

export const edit = ({ structure, edits }: { structure: Structure; edits: StructureEdit[] }): Described =>
  describe(applyEdits(structure, edits));

/** Larger cells have too many bonds to look through while a page waits. */
const LAYERED_SITES_MAX = 400;

/** How far bonds go, and the formulas of the single layers of a layered crystal. */
export function findLayers(structure: Structure): Pick<EntryDetail, 'dimensions' | 'layers'> {
  if (!structure.periodic.every(Boolean) || structure.sites.length > LAYERED_SITES_MAX)
    return { dimensions: null, layers: [] };
  const layers = exfoliate(structure).map((layer) => ({ formula: formula(layer), sites: layer.sites.length }));
  return { dimensions: bondedDimensions(structure), layers };
}

export function describeLayers(structure: Structure): Described[] {
  return structure.sites.length > LAYERED_SITES_MAX ? [] : exfoliate(structure).map(describe);
}

/** The kinds of single layers that a crystal consists of altogether; none where it does not. */
export function findLayerKinds(structure: Structure): Layer[] {
  if (structure.sites.length > LAYERED_SITES_MAX) return [];
  const kinds = kindsOfLayers(structure);
  const held = kinds.reduce((sum, { sites, copies }) => sum + copies * sites.length, 0);
  return held === structure.sites.length ? kinds : [];
}

export function listLayers(structure: Structure): Layer[] {
  return structure.sites.length > LAYERED_SITES_MAX ? [] : layersOf(structure);
}

/** Reduced: the Niggli cell. */
export type DerivedCell = 'primitive' | 'conventional' | 'reduced';

export interface MeshCount {
  full: number;
  irreducible: number;
  /** What to tell a person where the mesh lowers the symmetry. */
  note: string | null;
}

/** With the operations that the engine will use. Structures too large for symmetry analysis are computed without it. */
export function countMesh(input: {
  structure: Structure;
  mesh: Vector3;
  shift: Vector3;
  symmetry: boolean;
}): MeshCount {
  const { structure, mesh, shift } = input;
  const operations = input.symmetry ? operationsOf(structure) : [];
  const { kpoints, note } = kpointMesh({ mesh, shift, operations });
  return { full: mesh[0] * mesh[1] * mesh[2], irreducible: kpoints.length, note };
}

/** The real-space grid that the embedded engine would take by itself. */
export function chooseFftGrid(input: { structure: Structure; cutoffHartree: number; scale: number }): Vector3 {
  const { structure, cutoffHartree, scale } = input;
  const lattice = createLattice(structure.cellAngstrom!.map((row) => row.map((x) => x / BOHR_ANGSTROM)) as Matrix3);
  return chooseGrid(lattice, cutoffHartree, operationsOf(structure), scale);
}

function operationsOf(structure: Structure): Symmetry['operations'] {
  try {
    return symmetryOf(structure, COMPUTED_TOLERANCE_ANGSTROM).operations;
  } catch (err) {
    if (err instanceof KernelError) return [];
    throw err;
  }
}

/** Throws KernelError for a text that holds no structure. What the reader assumed is told as warnings. */
export function read({ text, fileName }: { text: string; fileName: string }): Described {
  const { structure, notes } = readStructure(text, fileName);
  const described = describe(structure);
  const warnings = notes.map((message) => ({ code: 'assumed', severity: 'warning' as const, message }));
  described.summary.issues.push(...warnings);
  return described;
}

export function write({ structure, format }: { structure: Structure; format: WrittenFormat }): string {
  return writeStructure(structure, format);
}

/** The band path of a structure, sampled; pieces without a break as runs of indices. */
export function findPath(input: {
  structure: Structure;
  stepPerAngstrom: number;
}): NonNullable<ResolvedProperty['path']> {
  const { structure, stepPerAngstrom } = input;
  const path = bandPath(structure, symmetryOf(structure));
  const sampled = samplePath(path, reciprocalCell(structure.cellAngstrom!), { distancePerAngstrom: stepPerAngstrom });
  const starts = sampled.flatMap((point, index) => (point.startsPiece ? [index] : []));
  return {
    points: sampled.map(({ fractional, label }) => (label === undefined ? { fractional } : { fractional, label })),
    segments: starts.map((start, i) => [start, (starts[i + 1] ?? sampled.length) - 1]),
    labels: starts
      .map((start, i) =>
        sampled
          .slice(start, starts[i + 1])
          .flatMap(({ label }) => label ?? [])
          .join('–'),
      )
      .join('|'),
    isFolded: path.folded,
    note: path.note,
  };
}

export interface ChosenStrains {
  /** Of Voigt's six. */
  indices: number[];
  /** Cartesian, each once. */
  rotations: Matrix3[];
}

/** The strains from which all elastic constants of a crystal follow by its symmetry. */
export function chooseStrains(structure: Structure): ChosenStrains {
  const rotations = new Map<string, Matrix3>();
  for (const { rotation } of operationsOf(structure))
    rotations.set(JSON.stringify(rotation), cartesianRotation(rotation, structure.cellAngstrom!));
  const all = rotations.size > 0 ? [...rotations.values()] : [identityOperation.rotation];
  return { indices: tellingStrains(all), rotations: all };
}
