// Oxides of everyday size for the comparison with pw.x, beside the small reference systems: experimental structures,
// cutoffs at which their energies differ from the converged ones by a few mHa an atom.

/** Rows of a rhombohedral cell with edges of `a` angstrom that meet at `alpha` degrees. */
function rhombohedral(a, alpha) {
  const cosine = Math.cos((alpha * Math.PI) / 180);
  const [x, y, z] = [Math.sqrt((1 - cosine) / 2), Math.sqrt((1 - cosine) / 6), Math.sqrt((1 + 2 * cosine) / 3)];
  return [
    [a * x, -a * y, a * z],
    [0, 2 * a * y, a * z],
    [-a * x, -a * y, a * z],
  ];
}

/** The primitive rocksalt cell twice along each edge, its first cation moved along the body diagonal. */
function displacedRocksalt(cation, anion, a) {
  const halves = [0, 0.5];
  const corners = halves.flatMap((x) => halves.flatMap((y) => halves.map((z) => [x, y, z])));
  return {
    cellAngstrom: [
      [0, a, a],
      [a, 0, a],
      [a, a, 0],
    ],
    sites: [
      ...corners.map((fractional, i) => ({ element: cation, fractional: i === 0 ? [0.01, 0.01, 0.01] : fractional })),
      ...corners.map((corner) => ({ element: anion, fractional: corner.map((x) => x + 0.25) })),
    ],
  };
}

const site = ([element, ...fractional]) => ({ element, fractional });

export const oxides = [
  {
    name: 'batio3',
    input: {
      task: 'scf',
      structure: {
        cellAngstrom: [
          [3.994, 0, 0],
          [0, 3.994, 0],
          [0, 0, 4.038],
        ],
        sites: [
          ['Ba', 0, 0, 0],
          ['Ti', 0.5, 0.5, 0.5215],
          ['O', 0.5, 0.5, -0.0244],
          ['O', 0.5, 0, 0.4895],
          ['O', 0, 0.5, 0.4895],
        ].map(site),
      },
      functional: 'pbe',
      cutoffHartree: 35,
      kpoints: { mesh: [3, 3, 3], shift: [0, 0, 0] },
      pseudopotentialEntries: { Ba: 'GTH-PBE-q10', Ti: 'GTH-PBE-q12', O: 'GTH-PBE-q6' },
      fftGrid: [45, 45, 45],
    },
  },
  {
    name: 'tio2-rutile',
    input: {
      task: 'scf',
      structure: {
        cellAngstrom: [
          [4.594, 0, 0],
          [0, 4.594, 0],
          [0, 0, 2.959],
        ],
        sites: [
          ['Ti', 0, 0, 0],
          ['Ti', 0.5, 0.5, 0.5],
          ['O', 0.305, 0.305, 0],
          ['O', 0.695, 0.695, 0],
          ['O', 0.805, 0.195, 0.5],
          ['O', 0.195, 0.805, 0.5],
        ].map(site),
      },
      functional: 'pbe',
      cutoffHartree: 40,
      kpoints: { mesh: [2, 2, 3], shift: [0, 0, 0] },
      pseudopotentialEntries: { Ti: 'GTH-PBE-q12', O: 'GTH-PBE-q6' },
      fftGrid: [54, 54, 36],
    },
  },
  {
    name: 'linbo3',
    input: {
      task: 'scf',
      structure: {
        cellAngstrom: rhombohedral(5.494, 55.87),
        sites: [
          ['Nb', 0, 0, 0],
          ['Nb', 0.5, 0.5, 0.5],
          ['Li', 0.2787, 0.2787, 0.2787],
          ['Li', 0.7787, 0.7787, 0.7787],
          ['O', 0.1128, 0.3599, -0.281],
          ['O', -0.281, 0.1128, 0.3599],
          ['O', 0.3599, -0.281, 0.1128],
          ['O', 0.8599, 0.6128, 0.219],
          ['O', 0.219, 0.8599, 0.6128],
          ['O', 0.6128, 0.219, 0.8599],
        ].map(site),
      },
      functional: 'pbe',
      cutoffHartree: 35,
      kpoints: { mesh: [2, 2, 2], shift: [0, 0, 0] },
      pseudopotentialEntries: { Li: 'GTH-PBE-q3', Nb: 'GTH-PBE-q13', O: 'GTH-PBE-q6' },
      fftGrid: [60, 60, 60],
    },
  },
  {
    name: 'mgo-16-displaced',
    input: {
      task: 'scf',
      structure: displacedRocksalt('Mg', 'O', 4.212),
      functional: 'pbe',
      cutoffHartree: 35,
      kpoints: { mesh: [1, 1, 1], shift: [0, 0, 0] },
      pseudopotentialEntries: { Mg: 'GTH-PBE-q2', O: 'GTH-PBE-q6' },
      fftGrid: [64, 64, 64],
    },
  },
];
