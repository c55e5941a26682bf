import { formula } from '@/kernels/crystal/formula';
import type { Site } from '@/kernels/crystal/schema';

const ATOMS_MAX = 10_000;

/** `O2LiCo` as the platform writes it: `LiCoO2`. What is no formula comes back as it is and finds nothing. */
export function reduceFormula(text: string): string {
  const parts = [...text.replace(/\s/g, '').matchAll(/([A-Z][a-z]?)(\d*)/g)];
  if (parts.map((part) => part[0]).join('') !== text.replace(/\s/g, '')) return text;
  const counts = parts.map(([, element, count]) => ({ element: element!, count: Number(count || 1) }));
  if (counts.reduce((sum, { count }) => sum + count, 0) > ATOMS_MAX) return text;
  const sites = counts.flatMap(({ element, count }) =>
    Array.from({ length: count }, (): Site => ({ species: [{ element, concentration: 1 }], position: [0, 0, 0] })),
  );
  try {
    return formula({
      cellAngstrom: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      periodic: [true, true, true],
      sites,
    });
  } catch {
    return text;
  }
}
