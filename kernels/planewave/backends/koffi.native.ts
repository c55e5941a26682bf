import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { embeddedKoffiAddons, type KoffiAddon } from './koffi-addons.native';
import { codePlaces, privateFolder, readPlainFile, sha256, writeWhole } from './private-folder.native';

type Koffi = typeof import('koffi').default;

/**
 * The package that calls C libraries: the addon inside the single-file kernel, or the installed package; null where neither
 * loads. Node opens addons by path alone, so the one inside is first written to a folder that no other user can change.
 */
export async function loadKoffi(): Promise<Koffi | null> {
  for (const addon of embeddedKoffiAddons.filter(
    ({ platform }) => platform === `${process.platform}-${process.arch}`,
  )) {
    const koffi = openAddon(addon);
    if (koffi) return koffi;
  }
  return import('koffi').then(
    (module) => module.default,
    () => null,
  );
}

function openAddon(addon: KoffiAddon): Koffi | null {
  for (const place of codePlaces) {
    try {
      const module = { exports: {} };
      process.dlopen(module, keepAddon(addon, place()));
      return module.exports as Koffi;
    } catch {
      // Not writable, mounted without leave to execute, or made for another C library: the next one.
    }
  }
  return null;
}

/** The path of the addon in `place`, named by its hash; written there first where it is absent or altered. */
export function keepAddon(addon: KoffiAddon, place: string): string {
  const path = join(privateFolder(place), `koffi-${addon.sha256}.node`);
  const isKept = (file: string) => {
    const bytes = readPlainFile(file);
    return bytes !== null && sha256(bytes) === addon.sha256;
  };
  if (isKept(path)) return path;
  writeWhole(path, brotliDecompressSync(addon.readBrotli()), (part) => {
    if (!isKept(part)) throw new Error(`${part} is not what was written`);
  });
  return path;
}
