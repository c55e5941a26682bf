import { BOHR_ANGSTROM } from '@/kernels/core/constants';
import { cellVolume } from '@/kernels/crystal/cell';
import type { Structure } from '@/kernels/crystal/schema';
import { defaultBandCount, estimateRun, planeWavesOf } from '@/kernels/planewave/estimate';
import { functionalsById } from '@/kernels/planewave/functionals/functional';
import { familyEntry } from '@/kernels/planewave/pseudo/family';
import type { Estimate, ResolvedElement } from '@/server/schemas/resolved';
import type { Functional } from '@/server/schemas/settings';

export interface EstimateInput {
  structure: Structure;
  functional: Functional;
  elements: ResolvedElement[];
  cutoffHartree: number;
  gridScale: number;
  electrons: number;
  /** Irreducible points of the self-consistent mesh. */
  kpoints: number;
  /** Points of the path, or irreducible points of the mesh, by property. */
  propertyKpoints: Record<string, number>;
  /** Self-consistent cycles of their own, by property, and the jobs that run them. */
  propertyCycles: Record<string, { jobs: number; count: number }>;
  /** Which properties are asked for. */
  properties: readonly string[];
  cores: number;
  spin: 'none' | 'collinear' | 'noncollinear';
}

/** Geometries of a relaxation, by experience: a first guess near the minimum takes about so many. */
const GEOMETRIES = 12;
/** Each job starts a program, reads the density and writes its result. */
const JOB_SECONDS = 0.6;
/** The kernel's fit is true within about this factor on machines of today. */
const UNCERTAINTY = 2.5;

/** Time and memory of all jobs, from the kernel's own model of its cost. */
export function estimate(input: EstimateInput): Estimate {
  const { cores, properties, cutoffHartree, spin } = input;
  // Up and down are solved one beside the other, as further points are.
  const spins = spin === 'collinear' ? 2 : 1;
  const kpoints = spins * input.kpoints;
  const propertyKpoints = Object.entries(input.propertyKpoints).map(([id, points]) => [id, spins * points] as const);
  const pointsMax = Math.max(kpoints, ...propertyKpoints.map(([, points]) => points));
  const size = {
    volumeBohr3: volumeBohr3(input.structure),
    cutoffHartree,
    gridPoints: gridPoints(input),
    bands: defaultBandCount(input.electrons),
    projectors: projectorCount(input),
    isNoncollinear: spin === 'noncollinear',
  };
  const scf = estimateRun({ ...size, kpoints, threads: cores });
  const widest = estimateRun({ ...size, kpoints: pointsMax, threads: cores });
  const shared = (seconds: number, points: number) => seconds / Math.max(1, Math.min(cores, points));
  const atOnce = shared(scf.scfSeconds, kpoints);
  const secondsByTask: Record<string, number> = {};
  if (properties.includes('relax')) secondsByTask.relax = JOB_SECONDS + GEOMETRIES * atOnce;
  if (properties.some((id) => id !== 'relax')) secondsByTask.scf = JOB_SECONDS + atOnce;
  for (const [property, points] of propertyKpoints)
    secondsByTask[property] = JOB_SECONDS + shared(points * scf.pointSeconds, points);
  for (const [property, { jobs, count }] of Object.entries(input.propertyCycles))
    secondsByTask[property] = jobs * JOB_SECONDS + count * atOnce;
  const seconds = Object.values(secondsByTask).reduce((sum, value) => sum + value, 0);
  const interval = { secondsLow: seconds / UNCERTAINTY, secondsHigh: seconds * UNCERTAINTY };
  return { seconds, ...interval, memoryBytes: Math.ceil(widest.memoryBytes), secondsByTask };
}

const volumeBohr3 = ({ cellAngstrom }: Structure) => cellVolume(cellAngstrom!) / BOHR_ANGSTROM ** 3;

/** Plane waves at a k-point, on average. */
export const planeWaveCount = (structure: Structure, cutoffHartree: number) =>
  Math.round(planeWavesOf(volumeBohr3(structure), cutoffHartree));

/** n_i = 2 sqrt(8 E) |a_i| / 2 pi + 1 along each vector, times the scale. */
function gridPoints({ structure, cutoffHartree, gridScale }: EstimateInput): number {
  const along = structure.cellAngstrom!.map(
    (row) => gridScale * ((2 * Math.sqrt(8 * cutoffHartree) * Math.hypot(...row)) / BOHR_ANGSTROM / (2 * Math.PI) + 1),
  );
  return Math.ceil(along.reduce((product, n) => product * n, 1));
}

/** n projectors of channel l come in 2l + 1 directions; n is told by the n(n + 1)/2 entries of its triangle. */
function projectorCount({ structure, functional, elements }: EstimateInput): number {
  const perAtom = new Map(
    elements.map(({ element, entry, file }) => {
      // Two projectors each of s, p and d, as most files of installed families have.
      if (file) return [element, 18];
      const { channels } = familyEntry(element, functionalsById[functional], entry);
      const count = channels.reduce(
        (sum, { upper }, l) => sum + (2 * l + 1) * ((Math.sqrt(8 * upper.length + 1) - 1) / 2),
        0,
      );
      return [element, count];
    }),
  );
  return structure.sites.reduce((sum, site) => sum + (perAtom.get(site.species[0]!.element) ?? 0), 0);
}
