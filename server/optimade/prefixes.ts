/** Ours. */
export const OWN_PREFIX = 'brine';

/** Prefixes that the OPTIMADE consortium's list of providers has given out: their properties are unknown here, and no mistake. */
const providers = new Set([
  ...[
    'aflow',
    'alexandria',
    'ccdc',
    'ccpnc',
    'cmr',
    'cod',
    'dcgat',
    'exmpl',
    'httk',
    'jarvis',
    'matcloud',
    'matterverse',
  ],
  ...['mcloud', 'mcloudarchive', 'mp', 'mpdd', 'mpds', 'mpod', 'mpsds', 'nmd', 'odbx', 'omdb', 'optimade', 'oqmd'],
  ...['pcod', 'psdi', 'tcod', 'twodmatpedia'],
]);

export const isKnownProvider = (prefix: string): boolean => prefix === OWN_PREFIX || providers.has(prefix);
