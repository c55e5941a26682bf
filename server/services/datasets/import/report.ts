import type { DatasetReport } from '@/server/schemas/datasets';

/** So many are named; the others are counted. */
const NAMED_MAX = 100;

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
      this.report.examples.push({ what: what.slice(0, 200), why: why.slice(0, 400) });
  }
}
