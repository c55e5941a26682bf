import { z } from 'zod';
import { KernelError } from '@/kernels/core/errors';
import { applyEdits } from '@/kernels/crystal/edit/apply-edit';
import { describeEdit } from '@/kernels/crystal/edit/describe-edit';
import { structureEditsSchema } from '@/kernels/crystal/edit/schema';
import { decodeText } from '@/kernels/crystal/formats/decode-text';
import { readStructure } from '@/kernels/crystal/formats/read-structure';
import { type WrittenFormat, writeStructure } from '@/kernels/crystal/formats/write-structure';
import { readMoyoWasm } from '@/kernels/crystal/native';
import { structureInput } from '@/kernels/crystal/structure';
import { loadSymmetry } from '@/kernels/crystal/symmetry';
import { smilesSchema } from '@/server/schemas/structure';
import { moleculeOf } from '@/server/services/structures/thread/molecule-of';
import { describe, symmetryOf } from '@/server/services/structures/thread/tasks';
import { parseArguments, printJson, readUserFile, writeUserFile } from '../arguments';
import { CliError } from '../cli-error';
import type { Command } from '../command';

export const structure: Command = {
  summary: 'inspect, edit or convert a structure file, cut a slab or make a molecule, without the platform',
  usage: `usage: brine structure inspect FILE [--json]
       brine structure molecule SMILES OUT [--margin ANGSTROM]
       brine structure slab IN OUT --miller "1 1 0" [--layers N] [--vacuum ANGSTROM] [--termination N]
       brine structure edit IN OUT --edits JSON       (a list such as [{"do":"niggli"},{"do":"remove","sites":[0]}])
       brine structure convert IN OUT     (formats by name: .cif, POSCAR or .vasp, .xyz, .xsf, .pwi, .json)`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      json: { type: 'boolean', default: false },
      margin: { type: 'string', default: '5' },
      miller: { type: 'string' },
      layers: { type: 'string', default: '4' },
      vacuum: { type: 'string', default: '15' },
      termination: { type: 'string', default: '0' },
      edits: { type: 'string' },
    });
    const [what, ...files] = positionals;
    try {
      // A CIF may name its space group without listing the operations.
      loadSymmetry(readMoyoWasm());
      if (what === 'inspect' && files.length === 1) return inspect(files[0]!, values.json);
      if (what === 'molecule' && files.length === 2) return await molecule(files[0]!, files[1]!, values.margin);
      if (what === 'slab' && files.length === 2 && values.miller) return edit(files[0]!, files[1]!, [slabOf(values)]);
      if (what === 'edit' && files.length === 2 && values.edits)
        return edit(files[0]!, files[1]!, parseJson(values.edits));
      if (what === 'convert' && files.length === 2) return convert(files[0]!, files[1]!);
    } catch (err) {
      if (err instanceof KernelError) throw new CliError(err.message, 2);
      throw err;
    }
    throw new CliError(this.usage, 2);
  },
};

function inspect(file: string, asJson: boolean): number {
  const { structure, notes } = readStructure(decodeText(readUserFile(file)), file);
  const { formula, hash, summary } = describe(structure);
  const { symmetry, symmetryNote, issues, ...measures } = summary;
  const cells = symmetry && symmetryOf(structure);
  const shown = {
    formula,
    hash,
    sites: structureInput(structure).sites.map((site, i) => ({
      ...site,
      wyckoff: symmetry?.wyckoffLetters[i] ?? null,
    })),
    cellAngstrom: structure.cellAngstrom,
    ...measures,
    spaceGroupNumber: symmetry?.spaceGroupNumber ?? null,
    spaceGroupSymbol: symmetry?.spaceGroupSymbol ?? null,
    pointGroup: symmetry?.pointGroup ?? null,
    crystalSystem: symmetry?.crystalSystem ?? null,
    wyckoffLetters: symmetry?.wyckoffLetters ?? null,
    primitive: cells?.primitive ?? null,
    conventional: cells?.conventional ?? null,
    symmetryNote,
    issues,
    notes,
  };
  if (asJson) printJson(shown);
  else
    process.stdout.write(
      `${formula}\n${structure.sites.length} sites, volume ${summary.volumeAngstrom3?.toFixed(3) ?? '-'} Å³\n` +
        `space group ${symmetry ? `${symmetry.spaceGroupSymbol} (${symmetry.spaceGroupNumber})` : `- (${symmetryNote})`}\n` +
        issues.map((issue) => `${issue.message}\n`).join(''),
    );
  const errors = issues.filter((issue) => issue.severity === 'error');
  if (asJson) for (const { message } of errors) process.stderr.write(`${message}\n`);
  return errors.length > 0 ? 2 : 0;
}

function convert(from: string, to: string): number {
  const format = formatOf(to);
  const { structure, notes } = readStructure(decodeText(readUserFile(from)), from);
  const text = writeStructure(structure, format);
  for (const note of notes) process.stderr.write(`${note}\n`);
  writeUserFile(to, text);
  return 0;
}

/** Told is what was done. */
function edit(from: string, to: string, wanted: unknown): number {
  const format = formatOf(to);
  const asked = structureEditsSchema.safeParse(wanted);
  if (!asked.success) throw new CliError(z.prettifyError(asked.error), 2);
  const { structure } = readStructure(decodeText(readUserFile(from)), from);
  const edited = applyEdits(structure, asked.data);
  for (const one of asked.data) process.stderr.write(`${describeEdit(one)}\n`);
  writeUserFile(to, writeStructure(edited, format));
  return 0;
}

const slabOf = (values: { miller?: string; layers: string; vacuum: string; termination: string }) => ({
  do: 'slab',
  miller: values
    .miller!.trim()
    .split(/[\s,]+/)
    .map(Number),
  layers: Number(values.layers),
  vacuumAngstrom: Number(values.vacuum),
  termination: Number(values.termination),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CliError('--edits is no JSON.', 2);
  }
}

/** Told is what was assumed; the molecule itself is written. */
async function molecule(smiles: string, to: string, margin: string): Promise<number> {
  const format = formatOf(to);
  const asked = smilesSchema.safeParse({ smiles, marginAngstrom: Number(margin) });
  if (!asked.success) throw new CliError(asked.error.issues.map(({ message }) => message).join(' '), 2);
  const { structure, summary } = await moleculeOf(asked.data);
  for (const { code, message } of summary.issues) if (code === 'assumed') process.stderr.write(`${message}\n`);
  writeUserFile(to, writeStructure(structure, format));
  return 0;
}

function formatOf(name: string): WrittenFormat {
  const base = name.split('/').at(-1)!.toLowerCase();
  if (/\.(cif|xyz|xsf|json)$/.test(base)) return base.split('.').at(-1) as WrittenFormat;
  if (/\.(pwi|in)$/.test(base)) return 'espresso';
  if (base.endsWith('.extxyz')) return 'xyz';
  if (/^(poscar|contcar)|\.(vasp|poscar|contcar)$/.test(base)) return 'poscar';
  throw new CliError(
    `The format of ${name} cannot be told from its name: use .cif, .vasp or POSCAR, .xyz, .xsf, .pwi, .json.`,
    2,
  );
}
