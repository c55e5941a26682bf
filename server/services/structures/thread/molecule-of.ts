import { KernelError } from '@/kernels/core/errors';
import { elementOfLabel } from '@/kernels/crystal/formats/text';
import type { Vector3 } from '@/kernels/crystal/schema';
import { parseStructure } from '@/kernels/crystal/structure';
import { type Described, describe } from './tasks';

interface Asked {
  smiles: string;
  /** Empty space on each side. */
  marginAngstrom: number;
}

/** With their hydrogens; larger ones take minutes. */
const ATOMS_MAX = 120;
/** The same SMILES gives the same places. */
const SEED = 42;

/**
 * A molecule in three dimensions in a box, from a SMILES: a conformer by rules, its energy then minimised with MMFF94 (Halgren, J. Comput.
 * Chem. 17, 490 (1996), as openchemlib has it). Throws KernelError `bad-smiles`, `too-many-atoms`, `no-conformer`.
 */
export async function moleculeOf({ smiles, marginAngstrom }: Asked): Promise<Described> {
  // Two megabytes, which nobody needs who reads a crystal.
  const { ConformerGenerator, Molecule, Resources } = await import('openchemlib');
  Resources.registerFromNodejs();
  const flat = readSmiles(() => Molecule.fromSmiles(smiles));
  flat.addImplicitHydrogens();
  const count = flat.getAllAtoms();
  if (count === 0 || count > ATOMS_MAX)
    throw new KernelError(
      'too-many-atoms',
      `With its hydrogens it has ${count} atoms; molecules of 1 to ${ATOMS_MAX} are made here.`,
      { count },
    );
  const molecule = new ConformerGenerator(SEED).getOneConformerAsMolecule(flat);
  if (!molecule) throw new KernelError('no-conformer', 'No arrangement of these atoms in space was found.');
  const notes = [await minimise(molecule), chargeNote(molecule)].filter((note) => note !== null);
  const described = describe(inBox(molecule, marginAngstrom));
  for (const message of notes) described.summary.issues.push({ code: 'assumed', severity: 'warning', message });
  return described;
}

type Molecule = import('openchemlib').Molecule;

function readSmiles(read: () => Molecule): Molecule {
  try {
    return read();
  } catch (err) {
    const said = String((err as Error).message).replace(/^[\w$]+: (SmilesParser: )?/, '');
    throw new KernelError('bad-smiles', `This is no SMILES that can be read: ${said.slice(0, 200)}.`);
  }
}

/** Moves the atoms to rest; what to know of it where the force field does not have such atoms. */
async function minimise(molecule: Molecule): Promise<string | null> {
  const { ForceFieldMMFF94 } = await import('openchemlib');
  try {
    new ForceFieldMMFF94(molecule, ForceFieldMMFF94.MMFF94SPLUS).minimise();
    return null;
  } catch {
    return 'The force field MMFF94 does not know all of these atoms: distances are those of common bonds. Relax the molecule first.';
  }
}

/** A structure has no charge of its own: a calculation is told of it. */
function chargeNote(molecule: Molecule): string | null {
  const charges = Array.from({ length: molecule.getAllAtoms() }, (_, i) => molecule.getAtomCharge(i));
  const charge = charges.reduce((sum, one) => sum + one, 0);
  if (charge === 0) return null;
  const text = `${charge < 0 ? '−' : '+'}${Math.abs(charge)}`;
  return `The SMILES has a charge of ${text} e. It is not part of the structure: set it with the properties, where the engine can.`;
}

function inBox(molecule: Molecule, marginAngstrom: number) {
  const atoms = Array.from({ length: molecule.getAllAtoms() }, (_, i) => {
    const label = molecule.getAtomLabel(i);
    const element = elementOfLabel(label);
    if (!element) throw new KernelError('bad-smiles', `"${label}" is no element.`);
    return { element, place: [molecule.getAtomX(i), molecule.getAtomY(i), molecule.getAtomZ(i)] as Vector3 };
  });
  const ends = [0, 1, 2].map((axis) => {
    const along = atoms.map(({ place }) => place[axis]!);
    return [Math.min(...along), Math.max(...along)] as const;
  });
  // To a hundredth: nobody wants to read more of a box.
  const lengths = ends.map(([low, high]) => Math.ceil(100 * (high - low + 2 * marginAngstrom)) / 100);
  return parseStructure({
    cellAngstrom: lengths.map((length, axis) => [0, 1, 2].map((other) => (other === axis ? length : 0))),
    periodic: [false, false, false],
    sites: atoms.map(({ element, place }) => ({
      element,
      cartesianAngstrom: place.map((x, axis) => x - (ends[axis]![0] + ends[axis]![1]) / 2 + lengths[axis]! / 2),
    })),
  });
}
