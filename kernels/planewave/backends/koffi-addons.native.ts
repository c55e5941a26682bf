/** A compiled addon of the koffi package, packed. */
export interface KoffiAddon {
  /** As Node names it: `linux-x64`. */
  platform: string;
  /** Of the unpacked file, hexadecimal. */
  sha256: string;
  readBrotli(): Uint8Array;
}

/** Run from its sources the engine takes the installed package; the single-file kernel has the addons here instead. */
export const embeddedKoffiAddons: readonly KoffiAddon[] = [];
