import { readBlob } from '@/server/db/blobs';
import { densityJob } from '@/server/properties/density-job';
import { RELAX_JOB } from '@/server/properties/relax/property';
import type { CalculationResults } from '@/server/schemas/calculation';
import {
  bandsResultSchema,
  dosResultSchema,
  elasticResultSchema,
  eosResultSchema,
  exfoliationResultSchema,
  relaxResultSchema,
  scfResultSchema,
  volumesResultSchema,
} from '@/server/schemas/results';
import type { Actor } from '../actor';
import { joinArrays } from '../data/arrays';
import { projectScope } from '../scope';
import { outputsOf } from './outputs';
import { findRelaxed } from './relaxed-structure';
import { requireCalculation } from './require-calculation';

/** The results that are there so far. */
export async function getResults(actor: Actor, { id }: { id: string }): Promise<CalculationResults> {
  const scope = await projectScope(actor, 'read');
  await requireCalculation(scope, id);
  const results: CalculationResults = { scf: null, properties: {} };
  const { properties } = results;
  for (const { dataNode, process } of await outputsOf(id, 'result')) {
    if (!dataNode || isPart(dataNode.kind, process.name)) continue;
    const hashes = new Map(dataNode.files.map((file) => [file.name, file.sha256]));
    const value = await joinArrays(dataNode.value, (name) => readBlob(hashes.get(name)!));
    if (dataNode.kind === 'scf-result') results.scf = scfResultSchema.parse(value);
    if (dataNode.kind === 'bands-result') properties.bands = bandsResultSchema.parse(value);
    if (dataNode.kind === 'dos-result') properties.dos = dosResultSchema.parse(value);
    if (dataNode.kind === 'elastic-result') properties.elastic = elasticResultSchema.parse(value);
    if (dataNode.kind === 'exfoliation-result') properties.exfoliation = exfoliationResultSchema.parse(value);
    if (dataNode.kind === 'eos-result') properties.eos = eosResultSchema.parse(value);
    if (dataNode.kind === 'relax-result') {
      const relaxed = await findRelaxed(process.id);
      properties.relax = { ...relaxResultSchema.parse(value), structureId: relaxed?.structureId ?? null };
    }
    if (dataNode.kind === 'volumes-result') {
      const hrefOf = (name: string) => `/api/calculations/${id}/files/${process.id}/result/${name}`;
      const { volumes } = volumesResultSchema.parse(value);
      properties.volumes = {
        volumes: volumes.map((one) => ({ ...one, cubeHref: hrefOf(one.cube), npyHref: one.npy && hrefOf(one.npy) })),
      };
    }
  }
  results.scf ??= properties.relax?.scf ?? null;
  return results;
}

/** The result of one deformed cell among several, which is shown within what they say together. */
const isPart = (kind: string, jobName: string) =>
  (kind === 'scf-result' && jobName !== densityJob.name) || (kind === 'relax-result' && jobName !== RELAX_JOB);
