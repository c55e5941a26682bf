import { z } from 'zod';
import { idSchema, labelSchema } from './common';

export const DAYS_MAX = 3650;

export const createTokenSchema = z.object({
  name: labelSchema,
  /** `compute`: bring in structures, submit and stop calculations; `write` is all that a person may. */
  scopes: z.array(z.enum(['read', 'compute', 'write'])).min(1),
  /** Null: until it is revoked. */
  days: z.number().int().min(1).max(DAYS_MAX).nullable().default(365),
});
/** For the code of a notebook: it ends by itself soon after whoever holds it no longer renews it. */
export const lendTokenSchema = z.object({ name: labelSchema });
export const tokenIdSchema = z.object({ id: idSchema });

export interface TokenSummary {
  id: string;
  name: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
}

export interface CreatedToken extends TokenSummary {
  /** Told this once: only its hash is kept. */
  token: string;
}
