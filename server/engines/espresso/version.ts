/** A version of Quantum ESPRESSO as its banner tells it. */
export interface EspressoVersion {
  major: number;
  minor: number;
  /** `6.7MaX`, `7.3.1`. */
  text: string;
}

/** From `Program PWSCF v.6.7MaX starts on ...`; null where the text holds no such line. */
export function readVersion(banner: string): EspressoVersion | null {
  const found = /Program PWSCF\s+v\.?\s*((\d+)\.(\d+)\S*)/.exec(banner);
  return found && { major: Number(found[2]), minor: Number(found[3]), text: found[1]! };
}

export function parseVersion(text: string): EspressoVersion {
  const [major = '0', minor = '0'] = text.split('.');
  return { major: Number.parseInt(major, 10), minor: Number.parseInt(minor, 10), text };
}

export const isAtLeast = ({ major, minor }: EspressoVersion, wanted: [number, number]) =>
  major > wanted[0] || (major === wanted[0] && minor >= wanted[1]);

/** Since 7.1 Hubbard parameters stand in a card; before, in keys of &SYSTEM. */
export const hasHubbardCard = (version: EspressoVersion) => isAtLeast(version, [7, 1]);
