import { chosenProperties, type PropertyId } from '@/server/properties/ids';
import { type Language, literal } from '@/server/schemas/notebook/literal';
import type { NotebookFile } from '@/server/schemas/notebook/nbformat';

export interface InCode {
  title: string;
  /** Of the page that it was made from. */
  href: string;
  /** As the code loads it: its id, or itself. */
  structure: unknown;
  choices: Record<string, unknown>;
}

const kernelspecs = {
  typescript: { name: 'deno', display_name: 'TypeScript (Deno)', language: 'typescript' },
  python: { name: 'python3', display_name: 'Python 3', language: 'python' },
} satisfies Record<Language, object>;

/** A notebook that loads the structure, submits the calculation, waits for it and draws what it gives. */
export function toFile({ title, href, structure, choices }: InCode, language: Language): NotebookFile {
  const { load, submit, results } = writers[language];
  const drawn = chosenProperties(choices['properties'] as object).flatMap((id) => drawing[id](results, href));
  const cells: Cell[] = [
    text(`# ${escapeMarkdown(title)}\n\nThe same in code as [this page](${href}) did.`),
    code(load(structure)),
    code(submit(choices)),
    ...drawn,
  ];
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: kernelspecs[language] },
    cells: cells.map((cell, at) => ({ id: `cell-${at + 1}`, ...cell })),
  } as NotebookFile;
}

const text = (source: string) => ({ cell_type: 'markdown' as const, metadata: {}, source });
const code = (source: string) => ({
  ...{ cell_type: 'code' as const, metadata: {}, source },
  ...{ outputs: [], execution_count: null },
});
type Cell = ReturnType<typeof text> | ReturnType<typeof code>;

interface Writer {
  load(structure: unknown): string;
  submit(choices: Record<string, unknown>): string;
  /** How the language says what the results hold. */
  results: {
    relaxed: string;
    equationOfState: string;
    elastic: string;
    exfoliation: string;
    call(property: 'bands' | 'dos' | 'relaxation'): string;
  };
}

const writers: Record<Language, Writer> = {
  typescript: {
    load: (structure) =>
      `import { calculations, structures } from "brine";\n\nconst structure = await structures.load(${literal(structure, 'typescript')});\nstructure`,
    submit: (choices) => {
      const rows = Object.entries(choices).map(([name, value]) => `  ${name}: ${literal(value, 'typescript', 2)},\n`);
      return `const calculation = await calculations.submit({\n  structure,\n${rows.join('')}});\nconst results = await calculation.wait();\nresults`;
    },
    results: {
      relaxed: 'await results.relaxation.structure()',
      equationOfState: 'results.equationOfState.fit',
      elastic: 'results.elastic.elasticity',
      exfoliation: 'results.exfoliation',
      call: (property) => `results.${property}.plot()`,
    },
  },
  python: {
    load: (structure) =>
      `from brine import calculations, structures\n\nstructure = structures.load(${literal(structure, 'python')})\nstructure`,
    submit: (choices) => {
      const rows = Object.entries(choices).map(([name, value]) => `  ${name}=${literal(value, 'python', 2)},\n`);
      return `calculation = calculations.submit(\n  structure,\n${rows.join('')})\nresults = calculation.wait()\nresults`;
    },
    results: {
      relaxed: 'results.relaxation.structure()',
      equationOfState: 'results.equation_of_state["fit"]',
      elastic: 'results.elastic["elasticity"]',
      exfoliation: 'results.exfoliation',
      call: (property) => `results.${property}.plot()`,
    },
  },
};

const drawing: Record<PropertyId, (results: Writer['results'], href: string) => Cell[]> = {
  relax: ({ call, relaxed }) => [code(call('relaxation')), code(relaxed)],
  bands: ({ call }) => [code(call('bands'))],
  dos: ({ call }) => [code(call('dos'))],
  volumes: (_, href) => [text(`Orbitals and densities are drawn on [the page](${href}).`)],
  eos: ({ equationOfState }) => [code(equationOfState)],
  elastic: ({ elastic }) => [code(elastic)],
  exfoliation: ({ exfoliation }) => [code(exfoliation)],
};

const escapeMarkdown = (words: string) => words.replace(/[\\`*_{}[\]<>()#+!|$&~-]/g, '\\$&');
