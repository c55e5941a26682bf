import { HARTREE_PER_BOHR3_GPA } from '@/kernels/core/constants';
import type { Progress } from '@/kernels/core/kernel';
import type { Task } from '../../engine';

const HARTREE_PER_RYDBERG = 0.5;
const GPA_PER_RYDBERG_BOHR3 = HARTREE_PER_BOHR3_GPA * HARTREE_PER_RYDBERG;

/** Reads the output of pw.x line by line as it grows, and tells what a person follows. */
export class PwProgress {
  private iteration = 0;
  private energy: number | null = null;
  private converged: number | null = null;
  private largestForce: number | null = null;
  private volume: number;
  /** Of the stress that is being printed, Ry/bohr^3; null elsewhere. */
  private stressDiagonal: number[] | null = null;

  constructor(
    private readonly about: { thresholdRydberg: number; volumeAngstrom3: number; task: Task['kind']; isSlab: boolean },
    private readonly seconds: () => number,
    private step = 0,
  ) {
    this.volume = about.volumeAngstrom3;
  }

  /** The number of the geometry that comes next. */
  get nextStep(): number {
    return this.step;
  }

  read(line: string): Progress[] {
    const number = (pattern: RegExp): number | null => {
      const found = pattern.exec(line);
      return found ? Number(found[1]!.replace(/[dD]/, 'e')) : null;
    };
    const iteration = number(/^\s*iteration #\s*(\d+)/);
    if (iteration !== null) this.iteration = iteration;
    const total = number(/^!\s*total energy\s*=\s*(-?[\d.]+) Ry/);
    if (total !== null) this.converged = total;
    this.energy = number(/^!?\s*total energy\s*=\s*(-?[\d.]+) Ry/) ?? this.energy;
    const volume = number(/new unit-cell volume\s*=.*\(\s*([\d.]+) Ang\^3/);
    if (volume !== null) this.volume = volume;
    const accuracy = number(/^\s*estimated scf accuracy\s*<\s*([\d.Ee+-]+) Ry/);
    if (accuracy !== null && this.energy !== null) {
      return [
        {
          kind: 'scf',
          iteration: this.iteration,
          energyHartree: this.energy * HARTREE_PER_RYDBERG,
          residual: accuracy * HARTREE_PER_RYDBERG,
          threshold: this.about.thresholdRydberg * HARTREE_PER_RYDBERG,
          seconds: this.seconds(),
        },
      ];
    }
    const point = /^\s*Computing kpt #:\s*(\d+)\s+of\s+(\d+)/.exec(line);
    if (point && (this.about.task === 'bands' || this.about.task === 'dos'))
      return [{ kind: 'kpoint', done: Number(point[1]), total: Number(point[2]), seconds: this.seconds() }];
    return this.about.task === 'relax' ? this.readGeometry(line) : [];
  }

  private readGeometry(line: string): Progress[] {
    const force = /^\s*atom\s+\d+ type\s+\d+\s+force =\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)/.exec(line);
    if (force) {
      const largest = Math.max(...force.slice(1).map((x) => Math.abs(Number(x)))) * HARTREE_PER_RYDBERG;
      this.largestForce = Math.max(this.largestForce ?? 0, largest);
    }
    if (/^\s*total\s+stress\b.*P=/.test(line)) {
      this.stressDiagonal = [];
      return [];
    }
    if (this.stressDiagonal === null) return [];
    const row = line.trim().split(/\s+/).map(Number);
    this.stressDiagonal.push(row[this.stressDiagonal.length] ?? Number.NaN);
    if (this.stressDiagonal.length < 3) return [];
    // Of a slab the plane alone counts. Positive under compression, as pw.x writes it.
    const [x, y, z] = this.stressDiagonal as [number, number, number];
    this.stressDiagonal = null;
    const pressure = (x + y + (this.about.isSlab ? 0 : z)) / 3;
    if (this.converged === null || Number.isNaN(pressure)) return [];
    const geometry: Progress = {
      kind: 'geometry',
      step: this.step++,
      energyHartree: this.converged * HARTREE_PER_RYDBERG,
      largestForceHartreePerBohr: this.largestForce ?? 0,
      pressureGpa: pressure * GPA_PER_RYDBERG_BOHR3,
      volumeAngstrom3: this.volume,
      seconds: this.seconds(),
    };
    this.largestForce = null;
    return [geometry];
  }
}
