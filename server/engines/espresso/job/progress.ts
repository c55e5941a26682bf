import type { Progress } from '@/kernels/core/kernel';
import type { Task } from '../../engine';

const HARTREE_PER_RYDBERG = 0.5;
/** pw.x prints stress in Ry/bohr^3 and kbar. */
const GPA_PER_KBAR = 0.1;

/** Reads the output of pw.x line by line as it grows, and tells what a person follows. */
export class PwProgress {
  private iteration = 0;
  private step = 0;
  private energy: number | null = null;
  private converged: number | null = null;
  private largestForce: number | null = null;
  private volume: number;

  constructor(
    private readonly about: { thresholdRydberg: number; volumeAngstrom3: number; task: Task['kind'] },
    private readonly seconds: () => number,
  ) {
    this.volume = about.volumeAngstrom3;
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
    const pressure = /P=\s*(-?[\d.]+)/.exec(line);
    if (!pressure || this.converged === null) return [];
    const geometry: Progress = {
      kind: 'geometry',
      step: this.step++,
      energyHartree: this.converged * HARTREE_PER_RYDBERG,
      largestForceHartreePerBohr: this.largestForce ?? 0,
      pressureGpa: Number(pressure[1]) * GPA_PER_KBAR,
      volumeAngstrom3: this.volume,
      seconds: this.seconds(),
    };
    this.largestForce = null;
    return [geometry];
  }
}
