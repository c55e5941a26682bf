/** The guides of docs/ that people read here too; each is `docs/<id>.md`. */
export const guideTitles = {
  'first-bands': {
    title: 'From a structure file to bands',
    sentence: 'The first calculation step by step, how to read its plots, and the command line.',
  },
  structures: {
    title: 'Structures: bringing and changing them',
    sentence: 'Formats, supercells, slabs, vacancies and substitutions, with undo.',
  },
  'magnets-and-relaxations': {
    title: 'Relaxations, elastic constants, magnets and orbitals',
    sentence: 'Relaxed geometries, equations of state, elastic constants, moments, and bands by orbital.',
  },
  'quantum-espresso': {
    title: 'Quantum ESPRESSO beside the embedded engine',
    sentence: 'How to get it, what it does here, and how to install pseudopotentials.',
  },
  programs: {
    title: 'Programs that use the platform',
    sentence: 'Tokens, the HTTP API, the Python client and the command line.',
  },
  workflows: {
    title: 'Pausing, priorities, monitors',
    sentence: 'What you can do about a calculation besides waiting for it.',
  },
  notebooks: {
    title: 'Notebooks',
    sentence: 'Cells, keys and outputs, kernels and what confines them, files from Jupyter.',
  },
  explore: {
    title: 'Explore: databases of materials',
    sentence: 'Bringing a database, searching it, one material, and OPTIMADE for programs.',
  },
  apps: {
    title: 'Notebooks as apps',
    sentence: 'Inputs declared in a cell, publishing, and what visitors get.',
  },
  provenance: {
    title: 'Where every number comes from',
    sentence: 'The graph, search, tags and comments, export and import, backup.',
  },
  computers: {
    title: 'Computers: clusters and other machines',
    sentence: 'What a computer needs, how to add, test and enable one, and what happens when it fails.',
  },
  accuracy: {
    title: 'How accurate the numbers are',
    sentence: 'Measured against pw.x and all-electron codes, with the cutoffs of every protocol.',
  },
} as const;

export type GuideId = keyof typeof guideTitles;

/** The address of a heading: "A magnet" is `a-magnet`. */
export const slugOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
