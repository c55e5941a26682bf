import type { PropertyDefinition } from '@/server/schemas/datasets';

const METHOD = 'PBE, Goedecker-Teter-Hutter pseudopotentials.';

const rows: [name: string, title: string, unit: string | null, description: string, method?: string][] = [
  ['prototype', 'Prototype', null, 'The arrangement that the relaxation began from.', ''],
  [
    'lattice_a',
    'Lattice constant a',
    'Å',
    'Of the relaxed conventional cell; of a layer, the first vector in its plane.',
  ],
  ['lattice_b', 'Lattice constant b', 'Å', 'Of the relaxed conventional cell; of a layer, the second in its plane.'],
  ['lattice_c', 'Lattice constant c', 'Å', 'Of the relaxed conventional cell.'],
  ['bond_length', 'Bond length', 'Å', 'Of a relaxed molecule of two atoms.'],
  ['volume_per_atom', 'Volume per atom', 'Å³', 'Of the relaxed cell.'],
  ['density', 'Density', 'g/cm³', 'Of the relaxed crystal, with natural masses.'],
  [
    'energy_per_atom',
    'Total energy per atom',
    'eV/atom',
    'Of valence electrons and ions; only differences mean something. With D3(BJ) where the structure was relaxed with it.',
  ],
  [
    'band_gap',
    'Band gap',
    'eV',
    'Between the highest occupied and the lowest empty state on the mesh and along the band path; 0 of a metal. PBE gaps are too small.',
  ],
  ['direct_gap', 'Direct gap', 'eV', 'The smallest between occupied and empty states at one k-point.'],
  ['gap_kind', 'Kind of gap', null, 'direct, indirect, or metal.'],
  [
    'fermi_energy',
    'Fermi level',
    'eV',
    'Of a metal; of an insulator its highest occupied level. From the mean potential of the cell, or from the vacuum of a layer or a molecule.',
  ],
  ['pressure', 'Pressure left', 'GPa', 'That the relaxation ended with; below 0.1 GPa it counts as none.'],
  [
    'formation_energy_per_atom',
    'Formation energy',
    'eV/atom',
    'From the elements’ lowest phases in this dataset (molecules for Cl, Br, I, N), where their ground phases are among them. The functional’s energies without D3, at the relaxed structures.',
  ],
  [
    'energy_above_hull',
    'Energy above the hull',
    'eV/atom',
    'Above the lowest mixture of the phases in this dataset; 0 of one that no mixture here is below. The functional’s energies without D3.',
  ],
  [
    'binding_energy',
    'Binding energy of layers',
    'meV/Å²',
    'What it takes to pull the layers of the crystal apart, per area of one: (E(layer) - E(crystal)/n)/A, both relaxed.',
    'PBE-D3(BJ): Grimme’s D3 with Becke-Johnson damping, in the embedded engine.',
  ],
  ['bulk_entry', 'Crystal of this layer', null, 'The entry whose layers these are.', ''],
  ['layer_entry', 'A layer of this crystal', null, 'The entry of one layer alone.', ''],
];

/** What the entries of the dataset computed here may have. */
export const definitions: PropertyDefinition[] = rows.map(([name, title, unit, description, method = METHOD]) => ({
  name: `_brine_${name}`,
  title,
  unit,
  type: unit === null ? 'string' : 'number',
  description,
  method,
}));
