import type { ImportReport } from '@/server/schemas/provenance';

const LISTED_MAX = 200;

/** Keeps count of an import. */
export class Report {
  readonly added: ImportReport['added'] = {
    structures: 0,
    calculations: 0,
    processes: 0,
    nodes: 0,
    links: 0,
    blobs: 0,
  };
  merged = 0;
  private readonly skipped: ImportReport['skipped'] = [];
  private skippedCount = 0;

  readonly skip = (what: string, why: string): void => {
    this.skippedCount += 1;
    if (this.skipped.length < LISTED_MAX) this.skipped.push({ what: what.slice(0, 200), why });
  };

  finish(roots: string[]): ImportReport {
    const { added, merged, skipped } = this;
    return { roots, added, merged, skipped, skippedMore: this.skippedCount - skipped.length };
  }
}
