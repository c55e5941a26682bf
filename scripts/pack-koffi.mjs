/** koffi's compiled addons as parts of the single-file kernel: those of the platforms that npm installed here. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** The folder @koromix, where koffi's packages by platform stand beside koffi itself. */
const platforms = createRequire(import.meta.url)
  .resolve('koffi')
  .replace(/koffi[\\/]index\.cjs$/, '@koromix');

/** `addons` tells of each which part of the file holds it, packed. */
export async function packKoffi() {
  const names = (await readdir(platforms, { recursive: true }).catch(() => [])).filter((name) =>
    name.endsWith('.node'),
  );
  const parts = {};
  const addons = [];
  // glibc's before musl's: the wrong one does not load, and the next is tried.
  for (const [i, name] of names.sort().entries()) {
    const addon = await readFile(join(platforms, name));
    const part = `koffi-${i}`;
    parts[part] = brotliCompressSync(addon);
    addons.push({
      platform: /koffi-([a-z0-9]+-[a-z0-9]+)/.exec(name)[1],
      sha256: createHash('sha256').update(addon).digest('hex'),
      part,
    });
  }
  return { parts, addons };
}
