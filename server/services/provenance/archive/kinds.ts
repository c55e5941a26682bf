import { z } from 'zod';
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
import { aiidaKinds } from './aiida/values';
import type { NodeLine } from './format';

const record = z.record(z.string(), z.unknown());

/** What the values of each kind look like; kinds that this version does not know are taken as they are, since nothing reads them. */
const schemas: Record<string, z.ZodType> = {
  ...{ structure: z.null(), density: z.null(), 'job-files': z.null(), 'structure-file': z.null() },
  ...{ settings: record, edit: record },
  'scf-result': scfResultSchema,
  'relax-result': relaxResultSchema,
  'bands-result': bandsResultSchema,
  'dos-result': dosResultSchema,
  'volumes-result': volumesResultSchema,
  'eos-result': eosResultSchema,
  'elastic-result': elasticResultSchema,
  'exfoliation-result': exfoliationResultSchema,
  ...aiidaKinds,
};

/** Why a value is not one of its kind; null where it is. Long arrays are files beside it, and stand in it as `{"npy": name}`. */
export function kindProblem({ kind, value, structure, files }: NodeLine): string | null {
  if ((kind === 'structure') !== (structure !== null)) return 'it is a structure without one, or has one and is none';
  const schema = Object.hasOwn(schemas, kind) ? schemas[kind]! : null;
  const issues = schema?.safeParse(value ?? null).error?.issues ?? [];
  const names = new Set(files.map((file) => file.name));
  const isFile = (found: unknown) => {
    const { npy } = (found ?? {}) as { npy?: unknown };
    return typeof npy === 'string' && names.has(npy);
  };
  const issue = issues.find(({ path }) => !isFile(at(value, path)));
  return issue ? `it is no ${kind}: ${issue.path.join('.') || 'it'}: ${issue.message}` : null;
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
