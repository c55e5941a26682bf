import type { NumberedOperation } from '@/server/schemas/notebook/operations';

const COUNT_MAX = 3_000;
const CHARACTERS_MAX = 8_000_000;

/** The last operations of a notebook, for pages that were away for a moment; bounded in number and size. */
export class RecentOperations {
  private kept: { entry: NumberedOperation; characters: number }[] = [];
  private characters = 0;

  add(entry: NumberedOperation): void {
    const { length } = JSON.stringify(entry);
    this.kept.push({ entry, characters: length });
    this.characters += length;
    let forgotten = 0;
    // Seldom, and then many: what is cut off is copied.
    if (this.kept.length > COUNT_MAX * 1.2) forgotten = this.kept.length - COUNT_MAX;
    for (let i = 0; i < forgotten; i++) this.characters -= this.kept[i]!.characters;
    while (this.characters > CHARACTERS_MAX) this.characters -= this.kept[forgotten++]!.characters;
    if (forgotten > 0) this.kept = this.kept.slice(forgotten);
  }

  /** Those after a number, where all of them are still known. */
  since(number: number): NumberedOperation[] | null {
    const first = this.kept[0]?.entry.number;
    if (first === undefined || number < first - 1) return null;
    return this.kept.slice(number - first + 1).map(({ entry }) => entry);
  }
}
