import { BOHR_ANGSTROM, HARTREE_EV } from '@/kernels/core/constants';
import type { ProcessEvent } from '@/server/schemas/events';
import type { GeometryPoint } from '../plot/relax-figure';
import type { ResidualPoint } from '../plot/residual-scale';

export interface KpointProgress {
  /** Name of the job: `bands-path`. */
  process: string;
  done: number;
  total: number;
}

export interface RunProgress {
  residuals: ResidualPoint[];
  /** Below it the cycle ends, in the unit of the residuals; null before the first iteration. */
  threshold: number | null;
  energyHartree: number | null;
  /** The newest count of each job that walks over k-points. */
  kpoints: KpointProgress[];
  /** The geometries of a relaxation so far. */
  geometries: GeometryPoint[];
  notes: RunNote[];
}

/** What a program told in words while it ran, or what the platform did about it. */
export interface RunNote {
  /** Of its event. */
  number: number;
  process: string;
  message: string;
  at: Date;
}

/** What has been told so far, for drawing. A cycle that starts over (a new job, or anew after a crash) replaces the one before. */
export function progressOf(events: ProcessEvent[]): RunProgress {
  const progress: RunProgress = {
    residuals: [],
    threshold: null,
    energyHartree: null,
    kpoints: [],
    geometries: [],
    notes: [],
  };
  let cycle: string | null = null;
  for (const { data, process, processId, number, at } of events) {
    if (data.kind === 'note') progress.notes.push({ number, process, message: data.message, at });
    if (data.kind !== 'progress') continue;
    const { progress: line } = data;
    if (line.kind === 'note') progress.notes.push({ number, process, message: line.message, at });
    if (line.kind === 'kpoint') {
      const { done, total } = line;
      progress.kpoints = [...progress.kpoints.filter((other) => other.process !== process), { process, done, total }];
    }
    if (line.kind === 'geometry') {
      // A job that was taken up again tells from its last geometry on.
      progress.geometries = progress.geometries.filter(({ step }) => step < line.step);
      progress.geometries.push({
        step: line.step,
        run: null,
        energyEv: line.energyHartree * HARTREE_EV,
        largestForceEvPerAngstrom: (line.largestForceHartreePerBohr * HARTREE_EV) / BOHR_ANGSTROM,
        pressureGpa: line.pressureGpa,
      });
    }
    if (line.kind !== 'scf') continue;
    const last = progress.residuals.at(-1);
    if (cycle !== processId || (last && line.iteration <= last.iteration))
      progress.residuals =
        cycle === processId ? progress.residuals.filter(({ iteration }) => iteration < line.iteration) : [];
    cycle = processId;
    progress.residuals.push({ iteration: line.iteration, residual: line.residual });
    progress.threshold = line.threshold;
    progress.energyHartree = line.energyHartree;
  }
  return progress;
}

/** The events known with new ones: in order, each once, whether they came by history or live. */
export function mergeEvents(known: ProcessEvent[], news: ProcessEvent[]): ProcessEvent[] {
  const last = known.at(-1)?.number ?? -1;
  // The common case: live events that follow on.
  if (news.every(({ number }) => number > last)) return [...known, ...news];
  const byNumber = new Map([...known, ...news].map((event) => [event.number, event]));
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}
