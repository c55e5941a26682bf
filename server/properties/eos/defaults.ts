import type { Protocol } from '@/server/schemas/settings';
import type { EosSettings } from './schema';

/** Volumes from 94 to 106 %, as in the verification of Bosoni et al., Nat. Rev. Phys. 6, 45 (2024), which takes seven. */
export function defaultEosSettings(protocol: Protocol): EosSettings {
  return { count: protocol === 'stringent' ? 9 : 7, range: 0.06, relaxAtoms: true };
}
