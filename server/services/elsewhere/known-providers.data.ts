/**
 * Public servers of OPTIMADE that structures can be searched on. Names and addresses as the index of providers (https://providers.optimade.org,
 * of which https://github.com/Materials-Consortia/providers is the source) and the list of aliases that pymatgen makes of it give them
 * (https://github.com/materialsproject/pymatgen/blob/master/src/pymatgen/ext/optimade.py); looked up in stored copies, not asked.
 */
export const knownProviders: readonly { name: string; url: string }[] = [
  { name: 'AFLOW', url: 'https://aflow.org/API/optimade/v1' },
  { name: 'Alexandria (PBE)', url: 'https://alexandria.icams.rub.de/pbe/v1' },
  { name: 'Alexandria (PBEsol)', url: 'https://alexandria.icams.rub.de/pbesol/v1' },
  { name: 'Computational materials repository', url: 'https://cmr-optimade.fysik.dtu.dk/v1' },
  { name: 'Crystallography Open Database', url: 'https://www.crystallography.net/cod/optimade/v1' },
  { name: 'JARVIS', url: 'https://jarvis.nist.gov/optimade/jarvisdft/v1' },
  { name: 'Materials Cloud MC2D', url: 'https://aiida.materialscloud.org/mc2d/optimade/v1' },
  { name: 'Materials Cloud MC3D', url: 'https://aiida.materialscloud.org/mc3d/optimade/v1' },
  { name: 'Materials Project', url: 'https://optimade.materialsproject.org/v1' },
  { name: 'NOMAD', url: 'https://nomad-lab.eu/prod/v1/optimade/v1' },
  { name: 'odbx', url: 'https://optimade.odbx.science/v1' },
  { name: 'Open Materials Database', url: 'https://optimade.openmaterialsdb.se/v1' },
  { name: 'OQMD', url: 'https://oqmd.org/optimade/v1' },
  { name: 'Theoretical Crystallography Open Database', url: 'https://www.crystallography.net/tcod/optimade/v1' },
];
