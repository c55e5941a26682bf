/** An esbuild plugin that puts koffi's compiled addons inside the bundle: those of the platforms that npm installed here. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** The folder @koromix, where koffi's packages by platform stand beside koffi itself. */
const platforms = createRequire(import.meta.url)
  .resolve('koffi')
  .replace(/koffi[\\/]index\.cjs$/, '@koromix');

export const embedKoffi = {
  name: 'embed-koffi',
  setup(build) {
    build.onLoad({ filter: /planewave[\\/]backends[\\/]koffi-addons\.native\.ts$/ }, async () => {
      const addons = await readAddons();
      return { contents: `export const embeddedKoffiAddons = ${JSON.stringify(addons)};`, loader: 'js' };
    });
  },
};

async function readAddons() {
  const names = (await readdir(platforms, { recursive: true }).catch(() => [])).filter((name) =>
    name.endsWith('.node'),
  );
  return Promise.all(
    // glibc's before musl's: the wrong one does not load, and the next is tried.
    names.sort().map(async (name) => {
      const addon = await readFile(join(platforms, name));
      return {
        platform: /koffi-([a-z0-9]+-[a-z0-9]+)/.exec(name)[1],
        sha256: createHash('sha256').update(addon).digest('hex'),
        brotliBase64: brotliCompressSync(addon).toString('base64'),
      };
    }),
  );
}
