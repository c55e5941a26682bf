import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';

const known = new Map<string, { mark: string; hash: string }>();

/** SHA-256 of a file, read again only where it changed. */
export async function fileHash(path: string): Promise<string> {
  const { mtimeMs, size } = statSync(path);
  const mark = `${mtimeMs} ${size}`;
  const found = known.get(path);
  if (found?.mark === mark) return found.hash;
  const hasher = createHash('sha256');
  for await (const chunk of createReadStream(path)) hasher.update(chunk);
  const hash = hasher.digest('hex');
  known.set(path, { mark, hash });
  return hash;
}
