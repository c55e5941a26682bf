import type { Compound } from './compound';

/**
 * What the dataset holds, and goes on to hold: more rows at the end of a group make `brine dataset grow` compute more. At most four
 * atoms in the cell, and elements whose pseudopotentials ask for moderate cutoffs first.
 */
export const compounds: Compound[] = [
  ...group('diamond', 'insulator', 'wyckoff', [
    ['Si', 5.43],
    ['C', 3.567],
  ]),
  ...group('diamond', 'semimetal', 'wyckoff', [
    ['Ge', 5.66],
    ['Sn', 6.49],
  ]),
  ...group('diamond', 'metal', 'guess', [
    ['Mg', 6.86],
    ['Al', 6.0],
    ['Pb', 7.06],
  ]),
  ...group('fcc', 'metal', 'wyckoff', [
    ['Al', 4.05],
    ['Ca', 5.58],
    ['Sr', 6.08],
    ['Pb', 4.95],
    ['Ag', 4.09],
    ['Au', 4.08],
    ['Pd', 3.89],
    ['Pt', 3.92],
    ['Cu', 3.61],
  ]),
  ...group('bcc', 'metal', 'wyckoff', [
    ['K', 5.3],
    ['Rb', 5.65],
    ['Cs', 6.1],
    ['Ba', 5.02],
    ['Li', 3.5],
  ]),
  // Elements as they are not, but as other programs computed them too: what their volumes are compared with in docs/accuracy.md.
  ...group('fcc', 'metal', 'guess', [
    ['Mg', 4.52],
    ['Si', 3.87],
    ['Sn', 4.82],
    ['Sb', 4.79],
    ['Bi', 5.03],
    ['Te', 4.84],
    ['Ge', 4.24],
  ]),
  ...group('bcc', 'metal', 'guess', [
    ['Si', 3.08],
    ['Al', 3.24],
    ['Mg', 3.57],
    ['Sn', 3.8],
    ['Pb', 3.98],
    ['Sb', 3.8],
    ['Bi', 3.98],
    ['Te', 3.85],
  ]),
  ...group('simple-cubic', 'metal', 'guess', [
    ['Mg', 3.02],
    ['Al', 2.72],
    ['Si', 2.53],
    ['Sn', 3.09],
    ['Pb', 3.2],
    ['P', 2.45],
    ['As', 2.75],
    ['Sb', 3.15],
    ['Bi', 3.3],
    ['Te', 3.2],
  ]),
  ...group('white-tin', 'metal', 'wyckoff', [['Sn', 5.83, { c: 3.18 }]]),
  ...group('white-tin', 'metal', 'guess', [
    ['Si', 4.8, { c: 2.64 }],
    ['Ge', 5.15, { c: 2.8 }],
  ]),
  ...group('indium-tetragonal', 'metal', 'wyckoff', [['In', 3.25, { c: 4.95 }]]),
  ...group('hcp', 'metal', 'wyckoff', [
    ['Mg', 3.21, { c: 5.21 }],
    ['Cd', 2.98, { c: 5.62 }],
  ]),
  ...group('hcp', 'metal', 'guess', [
    ['Al', 2.86, { c: 4.72 }],
    ['Pb', 3.55, { c: 5.8 }],
  ]),
  ...group('arsenic', 'metal', 'wyckoff', [
    ['As', 3.76, { c: 10.55, u: 0.227 }],
    ['Sb', 4.31, { c: 11.27, u: 0.2335 }],
    ['Bi', 4.55, { c: 11.86, u: 0.234 }],
  ]),
  ...group('selenium', 'insulator', 'wyckoff', [
    ['Se', 4.37, { c: 4.95, u: 0.225, hasDispersion: true }],
    ['Te', 4.46, { c: 5.93, u: 0.263, hasDispersion: true }],
  ]),
  ...group('black-phosphorus', 'semimetal', 'wyckoff', [
    ['P', 3.31, { b: 10.48, c: 4.38, u: 0.0806, hasDispersion: true }],
  ]),
  ...group('diatomic', 'insulator', 'huber', [
    ['Cl', 1.99],
    ['Br', 2.28],
    ['I', 2.67],
    ['N', 1.1],
  ]),
  ...group('zincblende', 'insulator', 'wyckoff', [
    ['Al P', 5.45],
    ['Al As', 5.66],
    ['Al Sb', 6.14],
    ['B P', 4.54],
    ['B As', 4.78],
    ['Si C', 4.36],
    ['B N', 3.616],
    ['In P', 5.87],
    ['Cd S', 5.82],
    ['Cd Se', 6.05],
    ['Cd Te', 6.48],
    ['Ag I', 6.47],
    ['Al N', 4.38],
    ['Ga As', 5.65],
  ]),
  ...group('zincblende', 'semimetal', 'wyckoff', [
    ['In As', 6.06],
    ['In Sb', 6.48],
    ['Hg S', 5.85],
    ['Hg Se', 6.08],
    ['Hg Te', 6.46],
  ]),
  ...group('zincblende', 'insulator', 'guess', [
    ['Si Ge', 5.54],
    ['B Sb', 5.25],
    ['Mg S', 5.66],
    ['Mg Se', 5.95],
    ['Mg Te', 6.45],
  ]),
  ...group('zincblende', 'semimetal', 'guess', [
    ['Ge Sn', 6.15],
    ['Si Sn', 6.05],
  ]),
  ...group('rocksalt', 'insulator', 'wyckoff', [
    ['Mg S', 5.2],
    ['Mg Se', 5.45],
    ['Pb S', 5.94],
    ['Pb Se', 6.12],
    ['Pb Te', 6.45],
    ['Ba S', 6.39],
    ['Ba Se', 6.6],
    ['Ba Te', 6.99],
    ['K Cl', 6.29],
    ['K Br', 6.6],
    ['K I', 7.07],
    ['Rb Cl', 6.58],
    ['Rb Br', 6.85],
    ['Rb I', 7.34],
    ['Ca S', 5.69],
    ['Ca Se', 5.91],
    ['Ca Te', 6.35],
    ['Sr S', 6.02],
    ['Sr Se', 6.23],
    ['Sr Te', 6.66],
    ['Ag Cl', 5.55],
    ['Ag Br', 5.77],
    ['Li Cl', 5.13],
    ['Li Br', 5.5],
    ['Li F', 4.03],
    ['Na Cl', 5.64],
    ['Ca O', 4.81],
  ]),
  ...group('rocksalt', 'semimetal', 'wyckoff', [['Sn Te', 6.31]]),
  ...group('rocksalt', 'semimetal', 'guess', [
    ['Sn Se', 6.0],
    ['Ge Te', 6.0],
    ['Sn Sb', 6.1],
    ['Sn As', 5.75],
    ['Mg Te', 5.95],
    ['Ge Se', 5.65],
    ['Sn S', 5.8],
  ]),
  ...group('caesium-chloride', 'insulator', 'wyckoff', [
    ['Cs Cl', 4.12],
    ['Cs Br', 4.29],
    ['Cs I', 4.57],
  ]),
  ...group('wurtzite', 'insulator', 'wyckoff', [
    ['Cd S', 4.14, { c: 6.71, u: 0.375 }],
    ['Cd Se', 4.3, { c: 7.01, u: 0.375 }],
    ['Ag I', 4.59, { c: 7.51, u: 0.375 }],
    ['Al N', 3.11, { c: 4.98, u: 0.382 }],
  ]),
  ...group('wurtzite', 'insulator', 'guess', [
    ['Al P', 3.87, { c: 6.35, u: 0.375 }],
    ['Al As', 4.02, { c: 6.58, u: 0.375 }],
    ['Al Sb', 4.37, { c: 7.17, u: 0.375 }],
    ['Mg Te', 4.57, { c: 7.43, u: 0.375 }],
    ['Si C', 3.08, { c: 5.05, u: 0.376 }],
  ]),
  ...group('fluorite', 'insulator', 'wyckoff', [
    ['S K', 7.39],
    ['Se K', 7.68],
    ['Te K', 8.15],
    ['S Li', 5.71],
    ['Sr Cl', 6.98],
    ['Si Mg', 6.35],
    ['Ge Mg', 6.4],
  ]),
  ...group('fluorite', 'semimetal', 'wyckoff', [
    ['Sn Mg', 6.77],
    ['Pb Mg', 6.84],
  ]),
  ...group('fluorite', 'metal', 'wyckoff', [
    ['Au Al', 6.0],
    ['Au In', 6.5],
    ['Pt Al', 5.91],
    ['Pt In', 6.36],
  ]),
  ...group('nickel-arsenide', 'metal', 'wyckoff', [
    ['Pt Sn', 4.1, { c: 5.43 }],
    ['Pt Sb', 4.13, { c: 5.47 }],
    ['Pd Sb', 4.08, { c: 5.59 }],
    ['Pd Te', 4.13, { c: 5.66 }],
  ]),
  ...group('aluminium-diboride', 'metal', 'wyckoff', [
    ['Al B', 3.0, { c: 3.25 }],
    ['Mg B', 3.08, { c: 3.52 }],
  ]),
  ...group('copper-gold', 'metal', 'wyckoff', [
    ['Ca Pb', 4.9],
    ['Ca Sn', 4.74],
  ]),
  ...group('cadmium-iodide', 'insulator', 'wyckoff', [
    ['Sn S', 3.65, { c: 5.88, u: 0.25, hasDispersion: true }],
    ['Cd I', 4.24, { c: 6.84, u: 0.25, hasDispersion: true }],
    ['Pb I', 4.56, { c: 6.98, u: 0.265, hasDispersion: true }],
    ['Ca I', 4.48, { c: 6.96, u: 0.25, hasDispersion: true }],
    ['Mg Br', 3.82, { c: 6.26, u: 0.25, hasDispersion: true }],
    ['Mg I', 4.14, { c: 6.88, u: 0.25, hasDispersion: true }],
    ['Pt S', 3.54, { c: 5.04, u: 0.227, hasDispersion: true }],
    ['Zr S', 3.66, { c: 5.82, u: 0.25, hasDispersion: true }],
  ]),
  ...group('cadmium-iodide', 'semimetal', 'wyckoff', [
    ['Sn Se', 3.81, { c: 6.14, u: 0.25, hasDispersion: true }],
    ['Pt Se', 3.73, { c: 5.06, u: 0.255, hasDispersion: true }],
    ['Pt Te', 4.03, { c: 5.22, u: 0.254, hasDispersion: true }],
    ['Pd Te', 4.04, { c: 5.13, u: 0.25, hasDispersion: true }],
  ]),
  ...group('graphite', 'semimetal', 'wyckoff', [['C', 2.46, { c: 6.7, hasDispersion: true }]]),
  ...group('hexagonal-boron-nitride', 'insulator', 'wyckoff', [['B N', 2.5, { c: 6.66, hasDispersion: true }]]),
  ...group('molybdenite-3r', 'insulator', 'wyckoff', [
    ['Mo S', 3.16, { c: 6.12, u: 1.57, hasDispersion: true }],
    ['W S', 3.16, { c: 6.14, u: 1.57, hasDispersion: true }],
  ]),
  ...group('honeycomb', 'semimetal', 'guess', [
    ['C', 2.46, { u: 0, bulkId: 'C-graphite', hasDispersion: true }],
    ['Si', 3.87, { u: 0.45, hasDispersion: true }],
    ['Ge', 4.06, { u: 0.69, hasDispersion: true }],
    ['Sn', 4.67, { u: 0.85, hasDispersion: true }],
    ['Pb', 4.93, { u: 1.0, hasDispersion: true }],
    ['Si Ge', 3.95, { u: 0.58, hasDispersion: true }],
    ['Ge Sn', 4.36, { u: 0.75, hasDispersion: true }],
  ]),
  ...group('honeycomb', 'insulator', 'guess', [
    ['B N', 2.5, { u: 0, bulkId: 'BN-hexagonal-boron-nitride', hasDispersion: true }],
    ['P', 3.28, { u: 1.24, hasDispersion: true }],
    ['As', 3.6, { u: 1.4, hasDispersion: true }],
    ['Sb', 4.12, { u: 1.65, hasDispersion: true }],
    ['Bi', 4.34, { u: 1.74, hasDispersion: true }],
    ['As Sb', 3.86, { u: 1.53, hasDispersion: true }],
    ['P As', 3.45, { u: 1.32, hasDispersion: true }],
    ['Si C', 3.1, { u: 0, hasDispersion: true }],
    ['Ge C', 3.26, { u: 0, hasDispersion: true }],
    ['B P', 3.21, { u: 0, hasDispersion: true }],
    ['B As', 3.39, { u: 0, hasDispersion: true }],
    ['B Sb', 3.73, { u: 0, hasDispersion: true }],
  ]),
  ...group('layer-1t', 'insulator', 'guess', [
    ['Sn S', 3.65, { u: 1.48, bulkId: 'SnS2-cadmium-iodide', hasDispersion: true }],
    ['Cd I', 4.24, { u: 1.72, bulkId: 'CdI2-cadmium-iodide', hasDispersion: true }],
    ['Pb I', 4.56, { u: 1.86, bulkId: 'PbI2-cadmium-iodide', hasDispersion: true }],
    ['Mg Br', 3.82, { u: 1.56, bulkId: 'MgBr2-cadmium-iodide', hasDispersion: true }],
    ['Mg I', 4.14, { u: 1.72, bulkId: 'MgI2-cadmium-iodide', hasDispersion: true }],
    ['Ca I', 4.48, { u: 1.76, bulkId: 'CaI2-cadmium-iodide', hasDispersion: true }],
    ['Pt S', 3.54, { u: 1.23, bulkId: 'PtS2-cadmium-iodide', hasDispersion: true }],
    ['Zr S', 3.66, { u: 1.45, bulkId: 'ZrS2-cadmium-iodide', hasDispersion: true }],
  ]),
  ...group('layer-1t', 'semimetal', 'guess', [
    ['Sn Se', 3.81, { u: 1.58, bulkId: 'SnSe2-cadmium-iodide', hasDispersion: true }],
    ['Pt Se', 3.73, { u: 1.32, bulkId: 'PtSe2-cadmium-iodide', hasDispersion: true }],
    ['Pt Te', 4.03, { u: 1.38, bulkId: 'PtTe2-cadmium-iodide', hasDispersion: true }],
    ['Pd Te', 4.04, { u: 1.37, bulkId: 'PdTe2-cadmium-iodide', hasDispersion: true }],
  ]),
  ...group('layer-1h', 'insulator', 'guess', [
    ['Mo S', 3.16, { u: 1.57, bulkId: 'MoS2-molybdenite-3r', hasDispersion: true }],
    ['W S', 3.16, { u: 1.57, bulkId: 'WS2-molybdenite-3r', hasDispersion: true }],
  ]),
  ...group('phosphorene', 'insulator', 'guess', [
    ['P', 3.3, { b: 4.55, u: 1.06, bulkId: 'P-black-phosphorus', hasDispersion: true }],
  ]),
];

/** What each element is at low temperature. An energy of formation is only given where these are computed, lest another phase be taken for the element. */
export const groundPhases: Readonly<Record<string, string>> = {
  ...{ Ag: 'Ag-fcc', Al: 'Al-fcc', As: 'As-arsenic', Au: 'Au-fcc', Ba: 'Ba-bcc', Bi: 'Bi-arsenic', Br: 'Br2-diatomic' },
  ...{ C: 'C-graphite', Ca: 'Ca-fcc', Cd: 'Cd-hcp', Cl: 'Cl2-diatomic', Cs: 'Cs-bcc', Cu: 'Cu-fcc', Ge: 'Ge-diamond' },
  ...{ I: 'I2-diatomic', In: 'In-indium-tetragonal', K: 'K-bcc', Li: 'Li-bcc', Mg: 'Mg-hcp', N: 'N2-diatomic' },
  ...{ P: 'P-black-phosphorus', Pb: 'Pb-fcc', Pd: 'Pd-fcc', Pt: 'Pt-fcc', Rb: 'Rb-bcc', Sb: 'Sb-arsenic' },
  ...{ Se: 'Se-selenium', Si: 'Si-diamond', Sn: 'Sn-diamond', Sr: 'Sr-fcc', Te: 'Te-selenium' },
};

type More = Partial<Pick<Compound, 'b' | 'c' | 'u' | 'bulkId' | 'hasDispersion'>>;

function group(
  prototype: Compound['prototype'],
  kind: Compound['kind'],
  start: Compound['start'],
  rows: [elements: string, a: number, more?: More][],
): Compound[] {
  return rows.map(([names, a, more]) => {
    const elements = names.split(' ');
    return { id: idOf(elements, prototype), prototype, elements, a, start, kind, ...more };
  });
}

/** "SnS2-cadmium-iodide", "Si-diamond". */
function idOf(elements: string[], prototype: Compound['prototype']): string {
  const isTwoOfSecond = ['fluorite', 'aluminium-diboride', 'cadmium-iodide', 'molybdenite-3r', 'layer-1t', 'layer-1h'];
  const [first = '', second = ''] = elements;
  const times = isTwoOfSecond.includes(prototype) ? '2' : prototype === 'copper-gold' ? '3' : '';
  const formula = second ? `${first}${second}${times}` : first + (prototype === 'diatomic' ? '2' : '');
  return `${formula}-${prototype}`;
}
