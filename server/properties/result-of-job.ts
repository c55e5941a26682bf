import { relaxResultSchema, type ScfResult, scfResultSchema } from '@/server/schemas/results';
import type { PropertyJob } from './property';

/** The self-consistent result of a job that let the atoms come to rest, or not, and whether both converged. */
export function resultOfJob(
  { name, task }: PropertyJob,
  results: ReadonlyMap<string, unknown>,
): { scf: ScfResult; converged: boolean } {
  const value = results.get(name);
  if (task.kind === 'relax') return relaxResultSchema.parse(value);
  const scf = scfResultSchema.parse(value);
  return { scf, converged: scf.converged };
}
