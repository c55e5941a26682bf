import { cellVolume } from '@/kernels/crystal/cell';
import { densityGramPerCm3 } from '@/kernels/crystal/density';
import { norm, subtract } from '@/kernels/crystal/linear';
import type { Structure } from '@/kernels/crystal/schema';
import { cartesianPositions } from '@/kernels/crystal/structure';
import { analyzeSymmetry } from '@/kernels/crystal/symmetry';
import type { Compound } from '../compound';
import { definitions } from '../definitions.data';
import { prototypes } from '../prototypes';
import type { CompoundRecord } from '../record';
import { bindings } from './binding';
import { type Failed, type Measured, measure } from './measure';
import { optimadeStructure } from './optimade-structure';
import { stabilities } from './stability';

export interface OwnEntry {
  type: 'structures';
  id: string;
  attributes: Record<string, unknown> & {
    /** Why values are missing that were asked for, by the name of the property. */
    _brine_failures?: Record<string, string>;
  };
}

/** How far atoms may lie from their places in the relaxed structure's space group: forces of 1e-4 Ha/bohr leave less. */
const SYMMETRY_ANGSTROM = 1e-3;

/**
 * The dataset: an entry of OPTIMADE for each record, with what follows from its own numbers and from the others'. Records of compounds that are no
 * longer asked for are left out.
 */
export function ownEntries(
  compounds: readonly Compound[],
  records: readonly CompoundRecord[],
  groundPhases: Readonly<Record<string, string>>,
): OwnEntry[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const done = compounds.flatMap((compound) => {
    const record = byId.get(compound.id);
    return record ? [{ record, result: measure(compound, record) }] : [];
  });
  const all = done.flatMap(({ result }) => ('reason' in result ? [] : [result]));
  const stability = stabilities(all, groundPhases);
  const bound = bindings(all);
  return done.map(({ record: { endedAt }, result }) => {
    const { id } = result.compound;
    const own = bound.find(({ layerId, bulkId }) => layerId === id || bulkId === id);
    const { formationEnergyEvPerAtom, energyAboveHullEvPerAtom } = stability.get(id) ?? {};
    const properties = {
      prototype: prototypes[result.compound.prototype].title,
      ...('reason' in result ? {} : valuesOf(result)),
      formation_energy_per_atom: formationEnergyEvPerAtom,
      energy_above_hull: energyAboveHullEvPerAtom,
      binding_energy: own?.meVPerAngstrom2,
      bulk_entry: own && own.bulkId !== id ? own.bulkId : undefined,
      layer_entry: own && own.bulkId === id ? own.layerId : undefined,
    };
    return {
      type: 'structures',
      id,
      attributes: {
        ...optimadeStructure(result.structure),
        last_modified: endedAt,
        ...('reason' in result ? {} : { space_group_it_number: result.spaceGroupNumber }),
        ...Object.fromEntries(
          Object.entries(properties).flatMap(([name, value]) =>
            value === undefined || value === null ? [] : [[`_brine_${name}`, rounded(value)]],
          ),
        ),
        ...('reason' in result ? { _brine_failures: failuresOf(result) } : {}),
      },
    };
  });
}

function valuesOf({ structure, energyEv, fermiEv, gap, pressureGpa }: Measured) {
  const atoms = structure.sites.length;
  const isCrystal = structure.periodic.every(Boolean);
  return {
    ...lengthsOf(structure),
    volume_per_atom: isCrystal ? cellVolume(structure.cellAngstrom!) / atoms : null,
    density: densityGramPerCm3(structure),
    energy_per_atom: energyEv / atoms,
    band_gap: gap?.gapEv,
    direct_gap: gap?.directEv,
    gap_kind: gap?.kind,
    fermi_energy: fermiEv,
    pressure: pressureGpa,
  };
}

function lengthsOf(structure: Structure) {
  const { periodic, cellAngstrom } = structure;
  if (!periodic.includes(true)) {
    const [first, second] = cartesianPositions(structure);
    return { bond_length: norm(subtract(second!, first!)) };
  }
  if (periodic.includes(false)) return { lattice_a: norm(cellAngstrom![0]), lattice_b: norm(cellAngstrom![1]) };
  const { conventional } = analyzeSymmetry(structure, { toleranceAngstrom: SYMMETRY_ANGSTROM });
  const [a, b, c] = conventional.cellAngstrom!.map(norm);
  return { lattice_a: a, lattice_b: b, lattice_c: c };
}

/** What every compound is asked for fails with its run. */
function failuresOf({ reason }: Failed): Record<string, string> {
  return Object.fromEntries(
    definitions
      .filter(({ name }) => /energy_per_atom|gap|fermi|pressure|volume|density/.test(name))
      .map(({ name }) => [name, reason]),
  );
}

/** Nine digits: more than any of them is worth, and the same on every machine. */
const rounded = (value: string | number) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value);
