import { PROVENANCE_PROPERTY } from '@/server/schemas/publication';
import type { PropertyDefinition } from '@/server/schemas/datasets';

const METHOD = 'As the entry’s engine, functional, dispersion, cutoff and k-points say.';
const EOS = 'Birch and Murnaghan’s equation of third order through energies at several volumes.';
const ELASTIC = 'Stresses of strained cells; mean of Voigt’s and Reuss’ for a polycrystal (Hill).';

type Row = [
  name: string,
  title: string,
  unit: string | null,
  type: PropertyDefinition['type'],
  description: string,
  method?: string,
];

/** Where the small crystals have a property of the same meaning, it has the same name. */
const rows: Row[] = [
  ['volume_per_atom', 'Volume per atom', 'Å³', 'number', 'Of the published structure.', ''],
  ['density', 'Density', 'g/cm³', 'number', 'Of the published structure, with natural masses.', ''],
  [
    'energy_per_atom',
    'Total energy per atom',
    'eV/atom',
    'number',
    'Of valence electrons and ions, at zero width of the smearing; only differences mean something, and only between entries of the same engine, functional, dispersion and pseudopotentials.',
  ],
  [
    'band_gap',
    'Band gap',
    'eV',
    'number',
    'Between the highest occupied and the lowest empty state on the mesh and, where bands were computed, along their path; 0 of a metal.',
  ],
  ['direct_gap', 'Direct gap', 'eV', 'number', 'The smallest between occupied and empty states at one k-point.'],
  ['gap_kind', 'Kind of gap', null, 'string', 'direct, indirect, or metal.'],
  [
    'fermi_energy',
    'Fermi level',
    'eV',
    'number',
    'Of a metal; of an insulator its highest occupied level. Absent where spin up and down have levels of their own.',
  ],
  ['pressure', 'Pressure left', 'GPa', 'number', 'Of the published crystal.'],
  ['total_magnetisation', 'Total magnetisation', 'μB/cell', 'number', 'Spin up minus spin down in the cell.'],
  [
    'absolute_magnetisation',
    'Absolute magnetisation',
    'μB/cell',
    'number',
    'The integral of the absolute value of the spin density over the cell.',
  ],
  ['bulk_modulus', 'Bulk modulus', 'GPa', 'number', 'At the minimum of the equation of state.', EOS],
  [
    'equilibrium_volume_per_atom',
    'Volume per atom at rest',
    'Å³',
    'number',
    'At the minimum of the equation of state.',
    EOS,
  ],
  ['elastic_bulk_modulus', 'Bulk modulus (elastic)', 'GPa', 'number', 'From the elastic constants.', ELASTIC],
  ['shear_modulus', 'Shear modulus', 'GPa', 'number', 'From the elastic constants.', ELASTIC],
  ['young_modulus', 'Young’s modulus', 'GPa', 'number', 'From the elastic constants.', ELASTIC],
  ['poisson_ratio', 'Poisson’s ratio', null, 'number', 'From the elastic constants.', ELASTIC],
  [
    'exfoliation_energy',
    'Exfoliation energy',
    'meV/Å²',
    'number',
    'Of the single layers less that of the crystal, by the area of all layers.',
  ],
  ['exfoliation_energy_per_atom', 'Exfoliation energy per atom', 'meV/atom', 'number', 'The same, by atom.'],
  ['engine', 'Engine', null, 'string', 'The program that computed: planewave, the embedded one, or espresso.', ''],
  ['functional', 'Functional', null, 'string', 'Of exchange and correlation; one of van der Waals that replaces another has its own name.', ''],
  ['dispersion', 'Dispersion', null, 'string', 'The correction for dispersion, or none.', ''],
  ['protocol', 'Protocol', null, 'string', 'By which the numbers that nobody chose were derived.', ''],
  ['cutoff', 'Cutoff of plane waves', 'eV', 'number', 'Of the orbitals.', ''],
  [
    'kpoint_mesh',
    'Mesh of k-points',
    null,
    'string',
    'Of the density; absent where the cell came to rest and took another than the one that was chosen.',
    '',
  ],
  ['irreducible_kpoints', 'Irreducible k-points', null, 'integer', 'That symmetry leaves of the mesh.', ''],
];

/** What entries that are published from calculations may have. */
export const publishedDefinitions: PropertyDefinition[] = [
  ...rows.map(([name, title, unit, type, description, method = METHOD]) => ({
    ...{ name: `_brine_${name}`, title, unit, type, description, method },
  })),
  {
    name: PROVENANCE_PROPERTY,
    title: 'Provenance',
    unit: null,
    type: 'dictionary',
    description:
      'The calculation, and for each property the node of the platform’s provenance graph that its number was read from.',
    method: '',
  },
];
