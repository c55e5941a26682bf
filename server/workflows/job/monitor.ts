import { BOHR_ANGSTROM, HARTREE_EV } from '@/kernels/core/constants';
import type { Progress } from '@/kernels/core/kernel';
import { type Numbers, parseCondition } from '@/server/schemas/condition';
import type { Failure } from '@/server/schemas/process';
import type { Monitors } from '@/server/schemas/settings';

/** The first iterations start from guesses: their energies jump by nature. */
const SETTLING_ITERATIONS = 5;

/** Watches what a running job tells, and says when it should be stopped, and why. */
export class Monitor {
  private readonly numbers: Numbers = {};
  private best = Number.POSITIVE_INFINITY;
  private bestIteration = 0;
  private verdict: Failure | null = null;
  private readonly condition;

  constructor(
    private readonly wanted: Monitors,
    private readonly timeLimitSeconds: number,
  ) {
    this.condition = wanted.condition === null ? null : parseCondition(wanted.condition);
  }

  /** With the news of a job and the time that it has run; the failure with which it shall end, null while it may go on. */
  look(news: Progress[], seconds: number): Failure | null {
    for (const item of news) {
      this.verdict ??= this.judgeCycle(item);
      this.take(item);
    }
    Object.assign(this.numbers, { seconds, timeShare: seconds / this.timeLimitSeconds });
    this.verdict ??= this.judgeTime(seconds) ?? this.judgeCondition();
    return this.verdict;
  }

  private judgeCycle(item: Progress): Failure | null {
    if (item.kind !== 'scf') return null;
    const { iteration, residual, energyHartree } = item;
    const { stalledIterations, energyJumpEv } = this.wanted;
    if (iteration <= this.bestIteration) this.best = Number.POSITIVE_INFINITY;
    if (residual < this.best || this.best === Number.POSITIVE_INFINITY) {
      this.best = residual;
      this.bestIteration = iteration;
    }
    if (stalledIterations !== null && iteration - this.bestIteration >= stalledIterations)
      return {
        code: 'scf-stalled',
        message: `The self-consistent cycle came no nearer for ${stalledIterations} iterations; the monitor stopped it at iteration ${iteration}.`,
        advice: 'Choose a metal’s occupations or a wider smearing if the material may be a metal, or less mixing.',
      };
    const before = this.numbers.energyEv;
    const energyEv = energyHartree * HARTREE_EV;
    // A program that lost its way tells no number: in JSON that is null.
    const isLost = typeof energyHartree !== 'number' || !Number.isFinite(energyHartree);
    const hasCome =
      iteration > SETTLING_ITERATIONS && typeof before === 'number' && this.numbers.iteration! < iteration;
    if (energyJumpEv !== null && (isLost || (hasCome && Math.abs(energyEv - before) > energyJumpEv)))
      return {
        code: 'energy-diverging',
        message: isLost
          ? `The energy is no number any more; the monitor stopped it at iteration ${iteration}.`
          : `The energy still changes by ${Math.abs(energyEv - before!).toPrecision(3)} eV at iteration ${iteration}, more than ${energyJumpEv} eV; the monitor stopped it.`,
        advice: 'Look for atoms that are too close to each other, and choose less mixing or a higher cutoff.',
      };
    return null;
  }

  private judgeTime(seconds: number): Failure | null {
    const { timeShare } = this.wanted;
    if (timeShare === null || seconds < timeShare * this.timeLimitSeconds) return null;
    return {
      code: 'walltime-short',
      message: `${Math.round(100 * timeShare)} % of the time limit of ${this.timeLimitSeconds} s are used; the monitor stopped it in good order.`,
      advice: 'Copy the calculation and allow more time or more cores.',
    };
  }

  private judgeCondition(): Failure | null {
    if (!this.condition?.holds(this.numbers)) return null;
    return {
      code: 'condition-met',
      message: `Your condition holds: ${this.condition.text}. The monitor stopped it.`,
      advice: 'Copy the calculation and change it, or the condition.',
    };
  }

  private take(item: Progress): void {
    const { numbers } = this;
    if (item.kind === 'scf') {
      const { iteration, residual, threshold, energyHartree } = item;
      Object.assign(numbers, { iteration, residual, threshold, energyEv: energyHartree * HARTREE_EV });
    }
    if (item.kind === 'kpoint') Object.assign(numbers, { kpointsDone: item.done, kpointsTotal: item.total });
    if (item.kind !== 'geometry') return;
    const { step, pressureGpa, volumeAngstrom3 } = item;
    const largestForceEvPerAngstrom = (item.largestForceHartreePerBohr * HARTREE_EV) / BOHR_ANGSTROM;
    Object.assign(numbers, { step, pressureGpa, volumeAngstrom3, largestForceEvPerAngstrom });
  }
}
