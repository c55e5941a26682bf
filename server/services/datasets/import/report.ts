import { cleanLine } from '@/server/schemas/common';
import type { DatasetReport } from '@/server/schemas/datasets';

/** So many are named; the others are counted. */
const NAMED_MAX = 100;

const THE_SOURCE = 'The source';

export const emptyReport: DatasetReport = { entries: 0, refused: 0, repeated: 0, propertiesLeftOut: 0, examples: [] };

/** Writes down what was not taken, the first ones by name. */
export class ReportWriter {
  private readonly report: DatasetReport;

  constructor(so: DatasetReport) {
    this.report = structuredClone(so);
  }

  get value(): DatasetReport {
    return this.report;
  }

  taken(count: number): void {
    this.report.entries += count;
  }

  refuse(what: string, why: string): void {
    this.report.refused += 1;
    this.name(what, why);
  }

  /** Why the whole ended early. It stands last, even where so much was left out that no more is named. */
  end(why: string): void {
    this.report.refused += 1;
    this.report.examples.push({ what: THE_SOURCE, why: short(why, 400) });
  }

  /** Before it goes on: the reason for which it ended is no more. */
  goOn(): void {
    if (this.report.examples.at(-1)?.what !== THE_SOURCE) return;
    this.report.examples.pop();
    this.report.refused -= 1;
  }

  repeat(key: string): void {
    this.report.repeated += 1;
    this.name(key, 'The dataset already has an entry of this id.');
  }

  leaveOut(key: string, why: string): void {
    this.report.propertiesLeftOut += 1;
    this.name(key, why);
  }

  private name(what: string, why: string): void {
    if (this.report.examples.length < NAMED_MAX)
      this.report.examples.push({ what: short(what, 200), why: short(why, 400) });
  }
}

/** A cut may go through a character, and what a file says may be anything: what cannot be stored and shown goes. */
const short = (text: string, length: number): string => cleanLine(text.slice(0, length));
