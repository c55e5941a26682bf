import type { StructureInput } from './schema';

export interface Example {
  id: string;
  name: string;
  group: string;
  description: string;
  /** Where lattice constants and coordinates are published; numbers are rounded where it says so. */
  source: string;
  spaceGroupNumber: number;
  /** Primitive cell. */
  structure: StructureInput;
}

/** Crystals to start from, in the order in which they are shown. */
export const examples: Example[] = [
  {
    id: 'silicon',
    name: 'Silicon',
    group: 'elements',
    description: 'Semiconductor with an indirect gap; the first test of every band-structure code.',
    source: 'E. Tiesinga et al., CODATA 2018, Rev. Mod. Phys. 93, 025010 (2021)',
    spaceGroupNumber: 227,
    structure: {
      cellAngstrom: [
        [0, 2.7155102555, 2.7155102555],
        [2.7155102555, 0, 2.7155102555],
        [2.7155102555, 2.7155102555, 0],
      ],
      sites: [
        { element: 'Si', fractional: [0.25, 0.25, 0.25] },
        { element: 'Si', fractional: [0, 0, 0] },
      ],
    },
  },
  {
    id: 'diamond',
    name: 'Diamond',
    group: 'elements',
    description: 'Carbon in the structure of silicon: wide indirect gap, stiffest of all solids.',
    source: 'M. E. Straumanis and E. Z. Aka, J. Am. Chem. Soc. 73, 5643 (1951)',
    spaceGroupNumber: 227,
    structure: {
      cellAngstrom: [
        [0, 1.78342, 1.78342],
        [1.78342, 0, 1.78342],
        [1.78342, 1.78342, 0],
      ],
      sites: [
        { element: 'C', fractional: [0.25, 0.25, 0.25] },
        { element: 'C', fractional: [0, 0, 0] },
      ],
    },
  },
  {
    id: 'germanium',
    name: 'Germanium',
    group: 'elements',
    description: 'Semiconductor whose small gap most local functionals lose.',
    source: 'R. W. G. Wyckoff, Crystal Structures, 2nd ed., vol. 1, Interscience, New York (1963)',
    spaceGroupNumber: 227,
    structure: {
      cellAngstrom: [
        [0, 2.828675, 2.828675],
        [2.828675, 0, 2.828675],
        [2.828675, 2.828675, 0],
      ],
      sites: [
        { element: 'Ge', fractional: [0.25, 0.25, 0.25] },
        { element: 'Ge', fractional: [0, 0, 0] },
      ],
    },
  },
  {
    id: 'aluminium',
    name: 'Aluminium',
    group: 'elements',
    description: 'Nearly free electrons in a face-centred cubic crystal.',
    source: 'R. W. G. Wyckoff, Crystal Structures, 2nd ed., vol. 1, Interscience, New York (1963)',
    spaceGroupNumber: 225,
    structure: {
      cellAngstrom: [
        [0, 2.02479, 2.02479],
        [2.02479, 0, 2.02479],
        [2.02479, 2.02479, 0],
      ],
      sites: [
        { element: 'Al', fractional: [0, 0, 0] },
      ],
    },
  },
  {
    id: 'copper',
    name: 'Copper',
    group: 'elements',
    description: 'Noble metal with filled d bands below the Fermi level.',
    source: 'R. W. G. Wyckoff, Crystal Structures, 2nd ed., vol. 1, Interscience, New York (1963)',
    spaceGroupNumber: 225,
    structure: {
      cellAngstrom: [
        [0, 1.80748, 1.80748],
        [1.80748, 0, 1.80748],
        [1.80748, 1.80748, 0],
      ],
      sites: [
        { element: 'Cu', fractional: [0, 0, 0] },
      ],
    },
  },
  {
    id: 'iron',
    name: 'Iron (bcc)',
    group: 'elements',
    description: 'Ferromagnet; without spin its bands are those of no real crystal.',
    source: 'R. W. G. Wyckoff, Crystal Structures, 2nd ed., vol. 1, Interscience, New York (1963)',
    spaceGroupNumber: 229,
    structure: {
      cellAngstrom: [
        [-1.43325, 1.43325, 1.43325],
        [1.43325, -1.43325, 1.43325],
        [1.43325, 1.43325, -1.43325],
      ],
      sites: [
        { element: 'Fe', fractional: [0, 0, 0] },
      ],
    },
  },
  {
    id: 'sodium',
    name: 'Sodium',
    group: 'elements',
    description: 'The simplest metal: one electron per atom, a nearly round Fermi surface.',
    source: 'R. W. G. Wyckoff, Crystal Structures, 2nd ed., vol. 1, Interscience, New York (1963)',
    spaceGroupNumber: 229,
    structure: {
      cellAngstrom: [
        [-2.1453, 2.1453, 2.1453],
        [2.1453, -2.1453, 2.1453],
        [2.1453, 2.1453, -2.1453],
      ],
      sites: [
        { element: 'Na', fractional: [0, 0, 0] },
      ],
    },
  },
  {
    id: 'lithium',
    name: 'Lithium',
    group: 'elements',
    description: 'Body-centred cubic metal; the anode that batteries would like to have.',
    source: 'R. W. G. Wyckoff, Crystal Structures, 2nd ed., vol. 1, Interscience, New York (1963)',
    spaceGroupNumber: 229,
    structure: {
      cellAngstrom: [
        [-1.75465, 1.75465, 1.75465],
        [1.75465, -1.75465, 1.75465],
        [1.75465, 1.75465, -1.75465],
      ],
      sites: [
        { element: 'Li', fractional: [0, 0, 0] },
      ],
    },
  },
  {
    id: 'magnesium',
    name: 'Magnesium',
    group: 'elements',
    description: 'Hexagonal close-packed metal with nearly ideal axial ratio.',
    source: 'R. W. G. Wyckoff, Crystal Structures, 2nd ed., vol. 1, Interscience, New York (1963)',
    spaceGroupNumber: 194,
    structure: {
      cellAngstrom: [
        [3.2094, 0, 0],
        [-1.6047, 2.779421930905777, 0],
        [0, 0, 5.2105],
      ],
      sites: [
        { element: 'Mg', fractional: [0.333333333333333, 0.666666666666667, 0.25] },
        { element: 'Mg', fractional: [0.666666666666667, 0.333333333333333, 0.75] },
      ],
    },
  },
  {
    id: 'gallium-arsenide',
    name: 'Gallium arsenide',
    group: 'III-V',
    description: 'Direct-gap semiconductor in the zincblende structure.',
    source: 'R. W. G. Wyckoff, Crystal Structures, 2nd ed., vol. 1, Interscience, New York (1963)',
    spaceGroupNumber: 216,
    structure: {
      cellAngstrom: [
        [0, 2.82685, 2.82685],
        [2.82685, 0, 2.82685],
        [2.82685, 2.82685, 0],
      ],
      sites: [
        { element: 'Ga', fractional: [0, 0, 0] },
        { element: 'As', fractional: [0.25, 0.25, 0.25] },
      ],
    },
  },
  {
    id: 'indium-phosphide',
    name: 'Indium phosphide',
    group: 'III-V',
    description: 'Direct-gap semiconductor of lasers and fast transistors.',
    source: 'R. W. G. Wyckoff, Crystal Structures, 2nd ed., vol. 1, Interscience, New York (1963)',
    spaceGroupNumber: 216,
    structure: {
      cellAngstrom: [
        [0, 2.93435, 2.93435],
        [2.93435, 0, 2.93435],
        [2.93435, 2.93435, 0],
      ],
      sites: [
        { element: 'In', fractional: [0, 0, 0] },
        { element: 'P', fractional: [0.25, 0.25, 0.25] },
      ],
    },
  },
  {
    id: 'gallium-nitride',
    name: 'Gallium nitride (wurtzite)',
    group: 'III-V',
    description: 'Wide direct gap, polar hexagonal structure: blue light.',
    source: 'H. Schulz and K. H. Thiemann, Solid State Commun. 23, 815 (1977)',
    spaceGroupNumber: 186,
    structure: {
      cellAngstrom: [
        [3.19, 0, 0],
        [-1.595, 2.762621038072359, 0],
        [0, 0, 5.189],
      ],
      sites: [
        { element: 'Ga', fractional: [0.333333333333333, 0.666666666666667, 0] },
        { element: 'Ga', fractional: [0.666666666666667, 0.333333333333333, 0.5] },
        { element: 'N', fractional: [0.333333333333333, 0.666666666666667, 0.377] },
        { element: 'N', fractional: [0.666666666666667, 0.333333333333333, 0.877] },
      ],
    },
  },
  {
    id: 'aluminium-nitride',
    name: 'Aluminium nitride (wurtzite)',
    group: 'III-V',
    description: 'Ultrawide gap, strong piezoelectricity.',
    source: 'H. Schulz and K. H. Thiemann, Solid State Commun. 23, 815 (1977)',
    spaceGroupNumber: 186,
    structure: {
      cellAngstrom: [
        [3.11, 0, 0],
        [-1.555, 2.693339005769604, 0],
        [0, 0, 4.98],
      ],
      sites: [
        { element: 'Al', fractional: [0.333333333333333, 0.666666666666667, 0] },
        { element: 'Al', fractional: [0.666666666666667, 0.333333333333333, 0.5] },
        { element: 'N', fractional: [0.333333333333333, 0.666666666666667, 0.3821] },
        { element: 'N', fractional: [0.666666666666667, 0.333333333333333, 0.8821] },
      ],
    },
  },
  {
    id: 'boron-nitride',
    name: 'Boron nitride (cubic)',
    group: 'III-V',
    description: 'Zincblende relative of diamond, nearly as hard.',
    source: 'R. W. G. Wyckoff, Crystal Structures, 2nd ed., vol. 1, Interscience, New York (1963)',
    spaceGroupNumber: 216,
    structure: {
      cellAngstrom: [
        [0, 1.8075, 1.8075],
        [1.8075, 0, 1.8075],
        [1.8075, 1.8075, 0],
      ],
      sites: [
        { element: 'B', fractional: [0, 0, 0] },
        { element: 'N', fractional: [0.25, 0.25, 0.25] },
      ],
    },
  },
  {
    id: 'magnesium-oxide',
    name: 'Magnesium oxide',
    group: 'oxides',
    description: 'Ionic insulator in the rock-salt structure.',
    source: 'H. E. Swanson and E. Tatge, NBS Circular 539, vol. 1 (1953)',
    spaceGroupNumber: 225,
    structure: {
      cellAngstrom: [
        [0, 2.1065, 2.1065],
        [2.1065, 0, 2.1065],
        [2.1065, 2.1065, 0],
      ],
      sites: [
        { element: 'Mg', fractional: [0, 0, 0] },
        { element: 'O', fractional: [0.5, 0.5, 0.5] },
      ],
    },
  },
  {
    id: 'rutile',
    name: 'Titanium dioxide (rutile)',
    group: 'oxides',
    description: 'White pigment and photocatalyst; tetragonal with edge-sharing octahedra.',
    source: 'R. W. G. Wyckoff, Crystal Structures, 2nd ed., vol. 1, Interscience, New York (1963)',
    spaceGroupNumber: 136,
    structure: {
      cellAngstrom: [
        [4.59373, 0, 0],
        [0, 4.59373, 0],
        [0, 0, 2.95812],
      ],
      sites: [
        { element: 'Ti', fractional: [0, 0, 0] },
        { element: 'Ti', fractional: [0.5, 0.5, 0.5] },
        { element: 'O', fractional: [0.6947, 0.6947, 0] },
        { element: 'O', fractional: [0.3053, 0.3053, 0] },
        { element: 'O', fractional: [0.1947, 0.8053, 0.5] },
        { element: 'O', fractional: [0.8053, 0.1947, 0.5] },
      ],
    },
  },
  {
    id: 'zinc-oxide',
    name: 'Zinc oxide',
    group: 'oxides',
    description: 'Transparent conductor in the wurtzite structure.',
    source: 'E. H. Kisi and M. M. Elcombe, Acta Cryst. C45, 1867 (1989)',
    spaceGroupNumber: 186,
    structure: {
      cellAngstrom: [
        [3.2501, 0, 0],
        [-1.62505, 2.814669164839804, 0],
        [0, 0, 5.2071],
      ],
      sites: [
        { element: 'Zn', fractional: [0.333333333333333, 0.666666666666667, 0] },
        { element: 'Zn', fractional: [0.666666666666667, 0.333333333333333, 0.5] },
        { element: 'O', fractional: [0.333333333333333, 0.666666666666667, 0.3817] },
        { element: 'O', fractional: [0.666666666666667, 0.333333333333333, 0.8817] },
      ],
    },
  },
  {
    id: 'corundum',
    name: 'Aluminium oxide (corundum)',
    group: 'oxides',
    description: 'Sapphire: ten atoms in a rhombohedral cell, a gap of nearly 9 eV.',
    source: 'R. E. Newnham and Y. M. de Haan, Z. Kristallogr. 117, 235 (1962), rounded',
    spaceGroupNumber: 167,
    structure: {
      cellAngstrom: [
        [2.3795, 1.373804965536715, 4.330333333333332],
        [-2.3795, 1.373804965536714, 4.330333333333332],
        [0, -2.747609931073429, 4.330333333333332],
      ],
      sites: [
        { element: 'Al', fractional: [0.648, 0.648, 0.648] },
        { element: 'Al', fractional: [0.352, 0.352, 0.352] },
        { element: 'Al', fractional: [0.852, 0.852, 0.852] },
        { element: 'Al', fractional: [0.148, 0.148, 0.148] },
        { element: 'O', fractional: [0.75, 0.056, 0.444] },
        { element: 'O', fractional: [0.25, 0.944, 0.556] },
        { element: 'O', fractional: [0.056, 0.444, 0.75] },
        { element: 'O', fractional: [0.944, 0.556, 0.25] },
        { element: 'O', fractional: [0.444, 0.75, 0.056] },
        { element: 'O', fractional: [0.556, 0.25, 0.944] },
      ],
    },
  },
  {
    id: 'quartz',
    name: 'Quartz (alpha)',
    group: 'oxides',
    description: 'Chiral network of corner-sharing SiO4 tetrahedra.',
    source: 'L. Levien, C. T. Prewitt and D. J. Weidner, Am. Mineral. 65, 920 (1980)',
    spaceGroupNumber: 154,
    structure: {
      cellAngstrom: [
        [4.916, 0, 0],
        [-2.458, 4.2573808850043, 0],
        [0, 0, 5.4054],
      ],
      sites: [
        { element: 'Si', fractional: [0.4697, 0, 0.666666666666667] },
        { element: 'Si', fractional: [0, 0.4697, 0.333333333333333] },
        { element: 'Si', fractional: [0.5303, 0.5303, 0] },
        { element: 'O', fractional: [0.4135, 0.2669, 0.785766666666667] },
        { element: 'O', fractional: [0.7331, 0.1466, 0.452433333333333] },
        { element: 'O', fractional: [0.2669, 0.4135, 0.214233333333333] },
        { element: 'O', fractional: [0.8534, 0.5865, 0.1191] },
        { element: 'O', fractional: [0.5865, 0.8534, 0.8809] },
        { element: 'O', fractional: [0.1466, 0.7331, 0.547566666666667] },
      ],
    },
  },
  {
    id: 'sodium-chloride',
    name: 'Sodium chloride',
    group: 'halides',
    description: 'The rock-salt structure itself.',
    source: 'H. E. Swanson and R. K. Fuyat, NBS Circular 539, vol. 2 (1953)',
    spaceGroupNumber: 225,
    structure: {
      cellAngstrom: [
        [0, 2.8201, 2.8201],
        [2.8201, 0, 2.8201],
        [2.8201, 2.8201, 0],
      ],
      sites: [
        { element: 'Na', fractional: [0, 0, 0] },
        { element: 'Cl', fractional: [0.5, 0.5, 0.5] },
      ],
    },
  },
  {
    id: 'lithium-fluoride',
    name: 'Lithium fluoride',
    group: 'halides',
    description: 'The insulator with the widest gap of all, about 14 eV.',
    source: 'H. E. Swanson and E. Tatge, NBS Circular 539, vol. 1 (1953)',
    spaceGroupNumber: 225,
    structure: {
      cellAngstrom: [
        [0, 2.0135, 2.0135],
        [2.0135, 0, 2.0135],
        [2.0135, 2.0135, 0],
      ],
      sites: [
        { element: 'Li', fractional: [0, 0, 0] },
        { element: 'F', fractional: [0.5, 0.5, 0.5] },
      ],
    },
  },
  {
    id: 'caesium-chloride',
    name: 'Caesium chloride',
    group: 'halides',
    description: 'Each ion in a cube of the others.',
    source: 'H. E. Swanson and R. K. Fuyat, NBS Circular 539, vol. 2 (1953)',
    spaceGroupNumber: 221,
    structure: {
      cellAngstrom: [
        [4.123, 0, 0],
        [0, 4.123, 0],
        [0, 0, 4.123],
      ],
      sites: [
        { element: 'Cs', fractional: [0, 0, 0] },
        { element: 'Cl', fractional: [0.5, 0.5, 0.5] },
      ],
    },
  },
  {
    id: 'potassium-chloride',
    name: 'Potassium chloride',
    group: 'halides',
    description: 'Rock salt with ions of equal size.',
    source: 'H. E. Swanson and E. Tatge, NBS Circular 539, vol. 1 (1953)',
    spaceGroupNumber: 225,
    structure: {
      cellAngstrom: [
        [0, 3.14655, 3.14655],
        [3.14655, 0, 3.14655],
        [3.14655, 3.14655, 0],
      ],
      sites: [
        { element: 'K', fractional: [0, 0, 0] },
        { element: 'Cl', fractional: [0.5, 0.5, 0.5] },
      ],
    },
  },
  {
    id: 'calcium-fluoride',
    name: 'Calcium fluoride',
    group: 'halides',
    description: 'Fluorite, transparent from infrared to ultraviolet; fluoride ions move when hot.',
    source: 'H. E. Swanson and E. Tatge, NBS Circular 539, vol. 1 (1953)',
    spaceGroupNumber: 225,
    structure: {
      cellAngstrom: [
        [0, 2.7315, 2.7315],
        [2.7315, 0, 2.7315],
        [2.7315, 2.7315, 0],
      ],
      sites: [
        { element: 'Ca', fractional: [0, 0, 0] },
        { element: 'F', fractional: [0.25, 0.25, 0.25] },
        { element: 'F', fractional: [0.75, 0.75, 0.75] },
      ],
    },
  },
  {
    id: 'strontium-titanate',
    name: 'Strontium titanate',
    group: 'perovskites',
    description: 'Cubic perovskite on the verge of ferroelectricity.',
    source: 'M. Schmidbauer, A. Kwasniewski and J. Schwarzkopf, Acta Cryst. B68, 8 (2012), rounded',
    spaceGroupNumber: 221,
    structure: {
      cellAngstrom: [
        [3.9053, 0, 0],
        [0, 3.9053, 0],
        [0, 0, 3.9053],
      ],
      sites: [
        { element: 'Sr', fractional: [0.5, 0.5, 0.5] },
        { element: 'Ti', fractional: [0, 0, 0] },
        { element: 'O', fractional: [0.5, 0, 0] },
        { element: 'O', fractional: [0, 0.5, 0] },
        { element: 'O', fractional: [0, 0, 0.5] },
      ],
    },
  },
  {
    id: 'barium-titanate',
    name: 'Barium titanate (tetragonal)',
    group: 'perovskites',
    description: 'Ferroelectric at room temperature: titanium off its centre.',
    source: 'J. Harada, T. Pedersen and Z. Barnea, Acta Cryst. A26, 336 (1970), rounded',
    spaceGroupNumber: 99,
    structure: {
      cellAngstrom: [
        [3.992, 0, 0],
        [0, 3.992, 0],
        [0, 0, 4.036],
      ],
      sites: [
        { element: 'Ba', fractional: [0, 0, 0] },
        { element: 'Ti', fractional: [0.5, 0.5, 0.5135] },
        { element: 'O', fractional: [0.5, 0.5, 0.975] },
        { element: 'O', fractional: [0.5, 0, 0.485] },
        { element: 'O', fractional: [0, 0.5, 0.485] },
      ],
    },
  },
  {
    id: 'caesium-lead-iodide',
    name: 'Caesium lead iodide',
    group: 'perovskites',
    description: 'Halide perovskite of solar cells in its cubic phase above 600 K.',
    source: 'D. M. Trots and S. V. Myagkota, J. Phys. Chem. Solids 69, 2520 (2008)',
    spaceGroupNumber: 221,
    structure: {
      cellAngstrom: [
        [6.2894, 0, 0],
        [0, 6.2894, 0],
        [0, 0, 6.2894],
      ],
      sites: [
        { element: 'Cs', fractional: [0.5, 0.5, 0.5] },
        { element: 'Pb', fractional: [0, 0, 0] },
        { element: 'I', fractional: [0.5, 0, 0] },
        { element: 'I', fractional: [0, 0.5, 0] },
        { element: 'I', fractional: [0, 0, 0.5] },
      ],
    },
  },
  {
    id: 'graphite',
    name: 'Graphite',
    group: 'layered',
    description: 'Stacked honeycomb sheets, a semimetal.',
    source: 'R. W. G. Wyckoff, Crystal Structures, 2nd ed., vol. 1, Interscience, New York (1963)',
    spaceGroupNumber: 194,
    structure: {
      cellAngstrom: [
        [2.456, 0, 0],
        [-1.228, 2.126958391694581, 0],
        [0, 0, 6.696],
      ],
      sites: [
        { element: 'C', fractional: [0, 0, 0.25] },
        { element: 'C', fractional: [0, 0, 0.75] },
        { element: 'C', fractional: [0.333333333333333, 0.666666666666667, 0.25] },
        { element: 'C', fractional: [0.666666666666667, 0.333333333333333, 0.75] },
      ],
    },
  },
  {
    id: 'hexagonal-boron-nitride',
    name: 'Boron nitride (hexagonal)',
    group: 'layered',
    description: 'Insulating sheets in the manner of graphite.',
    source: 'R. S. Pease, Acta Cryst. 5, 356 (1952), rounded',
    spaceGroupNumber: 194,
    structure: {
      cellAngstrom: [
        [2.504, 0, 0],
        [-1.252, 2.168527611076234, 0],
        [0, 0, 6.661],
      ],
      sites: [
        { element: 'B', fractional: [0.333333333333333, 0.666666666666667, 0.25] },
        { element: 'B', fractional: [0.666666666666667, 0.333333333333333, 0.75] },
        { element: 'N', fractional: [0.333333333333333, 0.666666666666667, 0.75] },
        { element: 'N', fractional: [0.666666666666667, 0.333333333333333, 0.25] },
      ],
    },
  },
  {
    id: 'molybdenum-disulfide',
    name: 'Molybdenum disulfide (2H)',
    group: 'layered',
    description: 'Two layers per cell; its gap turns direct in a single one.',
    source: 'R. G. Dickinson and L. Pauling, J. Am. Chem. Soc. 45, 1466 (1923)',
    spaceGroupNumber: 194,
    structure: {
      cellAngstrom: [
        [3.15, 0, 0],
        [-1.575, 2.727980021920982, 0],
        [0, 0, 12.3],
      ],
      sites: [
        { element: 'Mo', fractional: [0.333333333333333, 0.666666666666667, 0.25] },
        { element: 'Mo', fractional: [0.666666666666667, 0.333333333333333, 0.75] },
        { element: 'S', fractional: [0.333333333333333, 0.666666666666667, 0.621] },
        { element: 'S', fractional: [0.666666666666667, 0.333333333333333, 0.379] },
        { element: 'S', fractional: [0.666666666666667, 0.333333333333333, 0.121] },
        { element: 'S', fractional: [0.333333333333333, 0.666666666666667, 0.879] },
      ],
    },
  },
  {
    id: 'bismuth-selenide',
    name: 'Bismuth selenide',
    group: 'layered',
    description: 'Quintuple layers with a band inversion by spin-orbit coupling.',
    source: 'S. Nakajima, J. Phys. Chem. Solids 24, 479 (1963), rounded',
    spaceGroupNumber: 166,
    structure: {
      cellAngstrom: [
        [2.0715, 1.195981082626328, 9.545333333333332],
        [-2.0715, 1.195981082626329, 9.545333333333332],
        [0, -2.3919621652526, 9.545333333333332],
      ],
      sites: [
        { element: 'Bi', fractional: [0.5992, 0.5992, 0.5992] },
        { element: 'Bi', fractional: [0.4008, 0.4008, 0.4008] },
        { element: 'Se', fractional: [0, 0, 0] },
        { element: 'Se', fractional: [0.7883, 0.7883, 0.7883] },
        { element: 'Se', fractional: [0.2117, 0.2117, 0.2117] },
      ],
    },
  },
  {
    id: 'lithium-cobalt-oxide',
    name: 'Lithium cobalt oxide',
    group: 'battery materials',
    description: 'The first cathode of lithium-ion batteries: CoO2 layers with lithium between.',
    source: 'H. J. Orman and P. J. Wiseman, Acta Cryst. C40, 12 (1984), rounded',
    spaceGroupNumber: 166,
    structure: {
      cellAngstrom: [
        [1.408, 0.812909179019, 4.683333333333334],
        [-1.408, 0.812909179019, 4.683333333333334],
        [0, -1.625818358037986, 4.683333333333334],
      ],
      sites: [
        { element: 'Li', fractional: [0, 0, 0] },
        { element: 'Co', fractional: [0.5, 0.5, 0.5] },
        { element: 'O', fractional: [0.7605, 0.7605, 0.7605] },
        { element: 'O', fractional: [0.2395, 0.2395, 0.2395] },
      ],
    },
  },
  {
    id: 'lithium-iron-phosphate',
    name: 'Lithium iron phosphate',
    group: 'battery materials',
    description: 'Olivine cathode with channels for lithium along b.',
    source: 'V. A. Streltsov, E. L. Belokoneva, V. G. Tsirelson and N. K. Hansen, Acta Cryst. B49, 147 (1993), rounded',
    spaceGroupNumber: 62,
    structure: {
      cellAngstrom: [
        [10.332, 0, 0],
        [0, 6.01, 0],
        [0, 0, 4.692],
      ],
      sites: [
        { element: 'Li', fractional: [0, 0, 0] },
        { element: 'Li', fractional: [0.5, 0, 0.5] },
        { element: 'Li', fractional: [0.5, 0.5, 0.5] },
        { element: 'Li', fractional: [0, 0.5, 0] },
        { element: 'Fe', fractional: [0.7178, 0.75, 0.9747] },
        { element: 'Fe', fractional: [0.2822, 0.25, 0.0253] },
        { element: 'Fe', fractional: [0.7822, 0.25, 0.4747] },
        { element: 'Fe', fractional: [0.2178, 0.75, 0.5253] },
        { element: 'P', fractional: [0.9051, 0.75, 0.4182] },
        { element: 'P', fractional: [0.0949, 0.25, 0.5818] },
        { element: 'P', fractional: [0.5949, 0.25, 0.9182] },
        { element: 'P', fractional: [0.4051, 0.75, 0.0818] },
        { element: 'O', fractional: [0.9032, 0.75, 0.7428] },
        { element: 'O', fractional: [0.0968, 0.25, 0.2572] },
        { element: 'O', fractional: [0.5968, 0.25, 0.2428] },
        { element: 'O', fractional: [0.4032, 0.75, 0.7572] },
        { element: 'O', fractional: [0.5429, 0.75, 0.206] },
        { element: 'O', fractional: [0.4571, 0.25, 0.794] },
        { element: 'O', fractional: [0.9571, 0.25, 0.706] },
        { element: 'O', fractional: [0.0429, 0.75, 0.294] },
        { element: 'O', fractional: [0.8344, 0.9535, 0.2848] },
        { element: 'O', fractional: [0.1656, 0.0465, 0.7152] },
        { element: 'O', fractional: [0.6656, 0.0465, 0.7848] },
        { element: 'O', fractional: [0.3344, 0.5465, 0.2152] },
        { element: 'O', fractional: [0.3344, 0.9535, 0.2152] },
        { element: 'O', fractional: [0.6656, 0.4535, 0.7848] },
        { element: 'O', fractional: [0.1656, 0.4535, 0.7152] },
        { element: 'O', fractional: [0.8344, 0.5465, 0.2848] },
      ],
    },
  },
  {
    id: 'argyrodite',
    name: 'Lithium argyrodite Li6PS5Cl',
    group: 'battery materials',
    description: 'Solid electrolyte; an ordered model with chlorine on 4a, sulfur on 4c and lithium on 24g, where the real crystal is disordered.',
    source: 'After H.-J. Deiseroth et al., Angew. Chem. Int. Ed. 47, 755 (2008), lithium and anions ordered',
    spaceGroupNumber: 216,
    structure: {
      cellAngstrom: [
        [0, 5.075, 5.075],
        [5.075, 0, 5.075],
        [5.075, 5.075, 0],
      ],
      sites: [
        { element: 'Li', fractional: [0.475, 0.475, 0.025] },
        { element: 'Li', fractional: [0.475, 0.025, 0.025] },
        { element: 'Li', fractional: [0.025, 0.475, 0.475] },
        { element: 'Li', fractional: [0.025, 0.025, 0.475] },
        { element: 'Li', fractional: [0.475, 0.025, 0.475] },
        { element: 'Li', fractional: [0.025, 0.475, 0.025] },
        { element: 'P', fractional: [0.5, 0.5, 0.5] },
        { element: 'S', fractional: [0.6195, 0.1415, 0.6195] },
        { element: 'S', fractional: [0.1415, 0.6195, 0.6195] },
        { element: 'S', fractional: [0.6195, 0.6195, 0.6195] },
        { element: 'S', fractional: [0.6195, 0.6195, 0.1415] },
        { element: 'S', fractional: [0.25, 0.25, 0.25] },
        { element: 'Cl', fractional: [0, 0, 0] },
      ],
    },
  },
  {
    id: 'lithium-oxide',
    name: 'Lithium oxide',
    group: 'battery materials',
    description: 'Antifluorite structure; what remains when lithium burns.',
    source: 'R. W. G. Wyckoff, Crystal Structures, 2nd ed., vol. 1, Interscience, New York (1963)',
    spaceGroupNumber: 225,
    structure: {
      cellAngstrom: [
        [0, 2.3095, 2.3095],
        [2.3095, 0, 2.3095],
        [2.3095, 2.3095, 0],
      ],
      sites: [
        { element: 'O', fractional: [0, 0, 0] },
        { element: 'Li', fractional: [0.25, 0.25, 0.25] },
        { element: 'Li', fractional: [0.75, 0.75, 0.75] },
      ],
    },
  },
  {
    id: 'zinc-sulfide',
    name: 'Zinc sulfide (zincblende)',
    group: 'chalcogenides',
    description: 'The zincblende structure itself; phosphor.',
    source: 'B. J. Skinner, Am. Mineral. 46, 1399 (1961)',
    spaceGroupNumber: 216,
    structure: {
      cellAngstrom: [
        [0, 2.70465, 2.70465],
        [2.70465, 0, 2.70465],
        [2.70465, 2.70465, 0],
      ],
      sites: [
        { element: 'Zn', fractional: [0, 0, 0] },
        { element: 'S', fractional: [0.25, 0.25, 0.25] },
      ],
    },
  },
  {
    id: 'cadmium-telluride',
    name: 'Cadmium telluride',
    group: 'chalcogenides',
    description: 'Direct gap that suits sunlight: thin-film solar cells.',
    source: 'R. W. G. Wyckoff, Crystal Structures, 2nd ed., vol. 1, Interscience, New York (1963)',
    spaceGroupNumber: 216,
    structure: {
      cellAngstrom: [
        [0, 3.2405, 3.2405],
        [3.2405, 0, 3.2405],
        [3.2405, 3.2405, 0],
      ],
      sites: [
        { element: 'Cd', fractional: [0, 0, 0] },
        { element: 'Te', fractional: [0.25, 0.25, 0.25] },
      ],
    },
  },
];
