import type { z } from 'zod';
import { appRouter } from '..';

/** A procedure as the HTTP API offers it. */
export interface HttpProcedure {
  /** `calculations.get` */
  path: string;
  method: 'GET' | 'POST';
  input: z.ZodType | null;
}

/** tRPC keeps all procedures in one record by their whole path, which its types do not tell. */
type Procedures = Record<string, { _def: { type: 'query' | 'mutation' | 'subscription'; inputs: z.ZodType[] } }>;

/** Queries by GET, mutations by POST; event streams stay with the pages. */
export function httpProcedures(): HttpProcedure[] {
  const procedures = appRouter._def.procedures as unknown as Procedures;
  return Object.entries(procedures).flatMap(
    ([
      path,
      {
        _def: { type, inputs },
      },
    ]) =>
      type === 'subscription' ? [] : [{ path, method: type === 'query' ? 'GET' : 'POST', input: inputs[0] ?? null }],
  );
}

export const findProcedure = (path: string): HttpProcedure | undefined =>
  httpProcedures().find((procedure) => procedure.path === path);
