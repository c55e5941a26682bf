import { readBlob } from '@/server/db/blobs';
import type { CalculationResults } from '@/server/schemas/calculation';
import { bandsResultSchema, dosResultSchema, scfResultSchema } from '@/server/schemas/results';
import type { Actor } from '../actor';
import { joinArrays } from '../data/arrays';
import { projectScope } from '../scope';
import { outputsOf } from './outputs';
import { requireCalculation } from './require-calculation';

/** The results that are there so far. */
export async function getResults(actor: Actor, { id }: { id: string }): Promise<CalculationResults> {
  const scope = await projectScope(actor, 'read');
  await requireCalculation(scope, id);
  const results: CalculationResults = { scf: null, properties: {} };
  for (const { dataNode } of await outputsOf(id, 'result')) {
    if (!dataNode) continue;
    const hashes = new Map(dataNode.files.map((file) => [file.name, file.sha256]));
    const value = await joinArrays(dataNode.value, (name) => readBlob(hashes.get(name)!));
    if (dataNode.kind === 'scf-result') results.scf = scfResultSchema.parse(value);
    if (dataNode.kind === 'bands-result') results.properties.bands = bandsResultSchema.parse(value);
    if (dataNode.kind === 'dos-result') results.properties.dos = dosResultSchema.parse(value);
  }
  return results;
}
