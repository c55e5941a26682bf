import { createHash, randomBytes } from 'node:crypto';

/** A new token. Whoever has it may what it may: it is told once, and only its hash is kept. */
export const makeTokenText = () => `brine_${randomBytes(32).toString('base64url')}`;

export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex');
