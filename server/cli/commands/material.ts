import { KernelError } from '@/kernels/core/errors';
import { decodeText } from '@/kernels/crystal/formats/decode-text';
import { readStructure } from '@/kernels/crystal/formats/read-structure';
import { matchStructures } from '@/kernels/crystal/match-structures';
import { readMoyoWasm } from '@/kernels/crystal/native';
import { loadSymmetry } from '@/kernels/crystal/symmetry';
import { findLines } from '@/kernels/diffraction/find-lines';
import { powderPattern } from '@/kernels/diffraction/powder-pattern';
import { readMeasured } from '@/kernels/diffraction/read-measured';
import { type Anode, anodes } from '@/kernels/diffraction/schema';
import { kAlphaAngstrom } from '@/kernels/diffraction/wavelengths';
import { type EntryCell, entryCells } from '@/server/schemas/datasets';
import { parseArguments, printJson, readUserFile } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';

export const material: Command = {
  summary: 'look at one material of a database, its kin and its powder pattern',
  usage: `usage: brine material show DATASET ID [--cell given|primitive|conventional|reduced]
       brine material kin DATASET ID                     (the same crystal, its prototype, what is alike)
       brine material match DATASET SCAN [--anode Cu] [--elements Na,Cl]
       brine material pattern FILE [--anode Cu] [--to 90] [--b 0]   (lines of a structure file, without the platform)
       brine material same FILE FILE                     (whether two structure files hold the same crystal)

All but pattern write JSON; pattern writes CSV, or JSON with --json. SCAN is text with two columns, 2 theta in degrees and counts.
Anodes: ${anodes.join(', ')}.`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      cell: { type: 'string', default: 'given' },
      anode: { type: 'string', default: 'Cu' },
      elements: { type: 'string' },
      to: { type: 'string', default: '90' },
      b: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
    });
    const [what, first, second] = positionals;
    const anode = anodes.find((name) => name === values.anode);
    if (!anode) throw new CliError(`${values.anode} is none of the anodes ${anodes.join(', ')}.`, 2);
    try {
      if (what === 'pattern' && first && positionals.length === 2) return pattern(first, { ...values, anode });
      if (!first || !second || positionals.length !== 3) throw new CliError(this.usage, 2);
      if (what === 'show') return await show({ slug: first, key: second }, values.cell);
      if (what === 'kin') return await kin({ slug: first, key: second });
      if (what === 'match') return await match(first, second, { anode, elements: values.elements });
      if (what === 'same') return same(first, second);
    } catch (err) {
      if (err instanceof KernelError) throw new CliError(err.message, 2);
      throw err;
    }
    throw new CliError(this.usage, 2);
  },
};

async function show(entry: { slug: string; key: string }, cell: string): Promise<number> {
  if (!entryCells.includes(cell as EntryCell)) throw new CliError(`A cell is one of ${entryCells.join(', ')}.`, 2);
  printJson(await asking(connect().datasets.entry.query({ ...entry, cell: cell as EntryCell })));
  return 0;
}

async function kin(entry: { slug: string; key: string }): Promise<number> {
  printJson(await asking(connect().datasets.kin.query(entry)));
  return 0;
}

async function match(
  slug: string,
  path: string,
  asked: { anode: Anode; elements: string | undefined },
): Promise<number> {
  const scan = readMeasured(decodeText(readUserFile(path)));
  const lines = findLines(scan);
  if (lines.length === 0) throw new CliError(`No line stands out of the noise of ${path}.`, 2);
  const found = await asking(
    connect().datasets.matchPattern.mutate({
      slug,
      wavelengthAngstrom: kAlphaAngstrom(asked.anode),
      rangeDegrees: [scan.twoThetaDegrees[0]!, scan.twoThetaDegrees.at(-1)!],
      lines,
      elements: asked.elements?.split(/[\s,]+/).filter((word) => word !== '') ?? null,
    }),
  );
  printJson(found);
  return 0;
}

interface PatternOptions {
  anode: Anode;
  to: string;
  b: string;
  json: boolean;
}

function pattern(path: string, { anode, to, b, json }: PatternOptions): number {
  const [end, displacementAngstrom2] = [Number(to), Number(b)];
  if (!(end > 5 && end < 180)) throw new CliError('--to is an angle 2 theta between 5 and 180 degrees.', 2);
  if (!(displacementAngstrom2 >= 0 && displacementAngstrom2 < 100))
    throw new CliError('--b is the B of Debye and Waller in square angstrom, from 0 to 100.', 2);
  const lines = powderPattern(readFile(path), {
    ...{ wavelengthAngstrom: kAlphaAngstrom(anode), displacementAngstrom2 },
    rangeDegrees: [5, end],
  });
  if (json) printJson(lines);
  else {
    process.stdout.write('2theta_degrees,d_angstrom,intensity,hkl\n');
    for (const { twoThetaDegrees, spacingAngstrom, intensity, families } of lines)
      process.stdout.write(
        `${twoThetaDegrees.toFixed(5)},${spacingAngstrom.toFixed(6)},${intensity.toFixed(4)},${families.map(({ hkl }) => hkl.join(' ')).join('; ')}\n`,
      );
  }
  return 0;
}

function same(first: string, second: string): number {
  const match = matchStructures(readFile(first), readFile(second));
  printJson(match ?? { same: false });
  return match ? 0 : 1;
}

function readFile(path: string) {
  // A CIF may name its space group without listing the operations.
  loadSymmetry(readMoyoWasm());
  return readStructure(decodeText(readUserFile(path)), path).structure;
}
