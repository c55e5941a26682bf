import { randomBytes } from 'node:crypto';
import { secretFile } from '@/server/secret-file';

/** What the web says to the runtimes process to be let in. */
export const runtimesKey = (): string =>
  secretFile('runtimes.key', () => randomBytes(32).toString('base64url')).toString('utf8');
