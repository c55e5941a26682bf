import type { StructureExample } from '@/server/schemas/structure';

/** The examples that fit what is sought, by class, in the order in which they come. */
export function groupExamples(examples: StructureExample[], wanted: string) {
  const sought = wanted.trim().toLowerCase();
  const groups = new Map<string, StructureExample[]>();
  for (const example of examples) {
    const { name, formula, group, description } = example;
    if (![name, formula, group, description].some((text) => text.toLowerCase().includes(sought))) continue;
    groups.set(group, [...(groups.get(group) ?? []), example]);
  }
  return [...groups].map(([group, items]) => ({ group, items }));
}
