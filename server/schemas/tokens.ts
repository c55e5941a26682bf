import { z } from 'zod';
import { idSchema, labelSchema } from './common';

export const DAYS_MAX = 3650;

export const createTokenSchema = z.object({
  name: labelSchema,
  /** `write` includes submitting and stopping; without it a token may only look. */
  scopes: z.array(z.enum(['read', 'write'])).min(1),
  /** Null: until it is revoked. */
  days: z.number().int().min(1).max(DAYS_MAX).nullable().default(365),
});
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
