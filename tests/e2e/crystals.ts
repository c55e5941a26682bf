/** Structure files as people upload them, sound and unsound. */

/** Silicon, conventional cell; a = 5.431 angstrom (CODATA lattice parameter, rounded). */
export const siliconCif = `data_silicon
_symmetry_space_group_name_H-M   'F d -3 m'
_symmetry_Int_Tables_number      227
_cell_length_a   5.431
_cell_length_b   5.431
_cell_length_c   5.431
_cell_angle_alpha   90
_cell_angle_beta    90
_cell_angle_gamma   90
loop_
_symmetry_equiv_pos_as_xyz
'x, y, z'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
Si1 Si 0.00 0.00 0.00
Si2 Si 0.00 0.50 0.50
Si3 Si 0.50 0.00 0.50
Si4 Si 0.50 0.50 0.00
Si5 Si 0.25 0.25 0.25
Si6 Si 0.25 0.75 0.75
Si7 Si 0.75 0.25 0.75
Si8 Si 0.75 0.75 0.25
`;

interface CifOptions {
  lengthsAngstrom?: [number, number, number];
  anglesDegrees?: [number, number, number];
}

/** A CIF in P1 with sites of `[element, x, y, z, occupancy]`. */
export function cif(
  sites: [string, number, number, number, number?][],
  { lengthsAngstrom: [a, b, c] = [5, 5, 5], anglesDegrees: [alpha, beta, gamma] = [90, 90, 90] }: CifOptions = {},
): string {
  const rows = sites.map(
    ([element, x, y, z, occupancy = 1], i) => `${element}${i + 1} ${element} ${x} ${y} ${z} ${occupancy}`,
  );
  return `data_test
_cell_length_a ${a}
_cell_length_b ${b}
_cell_length_c ${c}
_cell_angle_alpha ${alpha}
_cell_angle_beta ${beta}
_cell_angle_gamma ${gamma}
_symmetry_space_group_name_H-M 'P 1'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
${rows.join('\n')}
`;
}

/** AlP (zincblende, a = 5.4635 angstrom: Landolt-Boernstein III/41A1a), all eight atoms. */
export const aluminiumPhosphideCif = cif(
  [
    ['Al', 0, 0, 0],
    ['Al', 0, 0.5, 0.5],
    ['Al', 0.5, 0, 0.5],
    ['Al', 0.5, 0.5, 0],
    ['P', 0.25, 0.25, 0.25],
    ['P', 0.25, 0.75, 0.75],
    ['P', 0.75, 0.25, 0.75],
    ['P', 0.75, 0.75, 0.25],
  ],
  { lengthsAngstrom: [5.4635, 5.4635, 5.4635] },
);

/** The primitive cell of silicon as the kernel takes it. */
export const siliconStructure = {
  cellAngstrom: [
    [0, 2.7155, 2.7155],
    [2.7155, 0, 2.7155],
    [2.7155, 2.7155, 0],
  ],
  periodic: [true, true, true],
  sites: [
    { element: 'Si', fractional: [0, 0, 0] },
    { element: 'Si', fractional: [0.25, 0.25, 0.25] },
  ],
};

/** A calculation of silicon for `brine run`; `overrides` set its cost. */
export const siliconCalculation = (overrides: Record<string, unknown> = {}) => ({
  kind: 'structure-wizard',
  structure: siliconStructure,
  properties: { bands: {} },
  protocol: 'fast',
  functional: 'pbe',
  electronicType: 'insulator',
  overrides: { cutoffHartree: 6, mesh: [2, 2, 2], ...overrides },
});

/** Simple cubic argon-like box of n x n x n atoms, 3 angstrom apart. */
export function manyAtomsXyz(perEdge: number, element = 'Ar'): string {
  const edge = 3 * perEdge;
  const lines: string[] = [];
  for (let i = 0; i < perEdge; i++)
    for (let j = 0; j < perEdge; j++)
      for (let k = 0; k < perEdge; k++) lines.push(`${element} ${3 * i} ${3 * j} ${3 * k}`);
  return `${lines.length}\nLattice="${edge} 0 0 0 ${edge} 0 0 0 ${edge}" Properties=species:S:1:pos:R:3 pbc="T T T"\n${lines.join('\n')}\n`;
}
