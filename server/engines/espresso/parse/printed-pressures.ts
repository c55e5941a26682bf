import { HARTREE_PER_BOHR3_GPA } from '@/kernels/core/constants';

const GPA_PER_RYDBERG_BOHR3 = HARTREE_PER_BOHR3_GPA / 2;

/** The pressure of every geometry that pw.x printed a stress of, GPa, positive under compression; of a slab from its plane alone. */
export function printedPressures(output: string, isSlab: boolean): number[] {
  return [...output.matchAll(/^\s*total\s+stress\b.*P=.*\n(.*)\n(.*)\n(.*)$/gm)].map((found) => {
    const diagonal = [0, 1, 2].map((i) => Number(found[1 + i]!.trim().split(/\s+/)[i]));
    const [x, y, z] = diagonal as [number, number, number];
    return ((x + y + (isSlab ? 0 : z)) / 3) * GPA_PER_RYDBERG_BOHR3;
  });
}

/** Whether a run changed the cell and came to its end, after which pw.x computes the last cell with its own plane waves. */
export const isCellRelaxation = (output: string) =>
  /Begin final coordinates\s+new unit-cell volume[\s\S]*^\s*total\s+stress\b/m.test(output);
