import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readMoyoWasm } from '@/kernels/crystal/native';
import { loadSymmetry } from '@/kernels/crystal/symmetry';
import { readDatasetLines } from '@/server/services/datasets/import/read-lines';
import { compareRuns } from '@/server/services/datasets/small-crystals/compare-runs';
import { compounds } from '@/server/services/datasets/small-crystals/compounds.data';
import { computeAgain } from '@/server/services/datasets/small-crystals/compute-compound';
import { relaxationInput } from '@/server/services/datasets/small-crystals/protocol';
import { readRecords } from '@/server/services/datasets/small-crystals/read-records';
import { entriesText } from '@/server/services/datasets/small-crystals/write-entries-file';
import { isFullRun } from '../../full-run';
import { ensurePrograms } from '../programs';

const FOLDER = 'data/small-crystals';
const HARTREE_EV = 27.211386245988;
const text = readFileSync(join(FOLDER, 'entries.jsonl'), 'utf8');
const lines = text.trimEnd().split('\n');
const records = new Map(readRecords(FOLDER).map((record) => [record.id, record]));

interface Line {
  id: string;
  attributes: Record<string, unknown> & { nsites: number; elements: string[]; nperiodic_dimensions: number };
}
const entries = lines.map((line) => JSON.parse(line) as Line).filter(({ attributes }) => attributes);
const hasValues = ({ attributes }: Line) => !('_brine_failures' in attributes);
const byId = new Map(entries.map((entry) => [entry.id, entry]));
const value = (id: string, name: string) => byId.get(id)!.attributes[`_brine_${name}`] as number;

/** Of the whole cell, as the engine gave it, Ha; without D3 where it is told to. */
function energyHartree(id: string, { withDispersion }: { withDispersion: boolean }): number {
  const output = records.get(id)!.runs[0]!.output!;
  return output.energyZeroWidthHartree! - (withDispersion ? 0 : (output.termsHartree!['dispersion'] ?? 0));
}
const perAtomEv = (id: string) =>
  (energyHartree(id, { withDispersion: false }) * HARTREE_EV) / byId.get(id)!.attributes.nsites;

beforeAll(() => loadSymmetry(readMoyoWasm()));

describe('the dataset that comes with Brine', () => {
  test('has at least sixty compounds of up to four atoms, layers among them, and every line is taken', () => {
    const read = readDatasetLines({ lines });
    expect(read.filter(({ is }) => is === 'refused')).toEqual([]);
    expect(read.filter(({ is }) => is === 'entry')).toHaveLength(entries.length);
    const computed = entries.filter(hasValues);
    expect(computed.length).toBeGreaterThanOrEqual(60);
    expect(Math.max(...entries.map(({ attributes }) => attributes.nsites))).toBeLessThanOrEqual(4);
    expect(computed.filter(({ attributes }) => attributes.nperiodic_dimensions === 2).length).toBeGreaterThan(5);
    expect(text.length).toBeLessThan(2e6);
  });

  test('follows from the recorded results, byte for byte', () => {
    expect(entriesText(FOLDER)).toBe(text);
  });

  test('keeps of each compound the inputs that its protocol asks for', () => {
    const wanted = new Map(compounds.map((compound) => [compound.id, compound]));
    for (const { id, runs } of records.values())
      expect(runs[0]!.input, id).toEqual(JSON.parse(JSON.stringify(relaxationInput(wanted.get(id)!))));
  });

  test('has energies per atom that are those of the runs', () => {
    for (const { id, attributes } of entries.filter(hasValues)) {
      const raw = (energyHartree(id, { withDispersion: true }) * HARTREE_EV) / attributes.nsites;
      expect(value(id, 'energy_per_atom'), id).toBeCloseTo(raw, 6);
    }
  });

  test('has energies of formation from its own elements', () => {
    const silicide = perAtomEv('SiMg2-fluorite') - (2 * perAtomEv('Mg-hcp') + perAtomEv('Si-diamond')) / 3;
    expect(value('SiMg2-fluorite', 'formation_energy_per_atom')).toBeCloseTo(silicide, 6);
    expect(silicide).toBeLessThan(-0.1);
    expect(silicide).toBeGreaterThan(-0.3);
    expect(value('Mg-hcp', 'formation_energy_per_atom')).toBe(0);
    // No element that is not there is guessed: boron has no phase of at most four atoms.
    expect(byId.get('BP-zincblende')!.attributes).not.toHaveProperty('_brine_formation_energy_per_atom');
  });

  test('has energies above the hull: 0 of the lowest phase, of another of the same composition their difference', () => {
    const [stable, other] = ['Al-fcc', 'Al-bcc'];
    expect(value(stable, 'energy_above_hull')).toBe(0);
    expect(value(other, 'energy_above_hull')).toBeCloseTo(perAtomEv(other) - perAtomEv(stable), 6);
    expect(value(other, 'energy_above_hull')).toBeGreaterThan(0.05);
    const all = entries.map(({ id }) => value(id, 'energy_above_hull')).filter((energy) => energy !== undefined);
    expect(Math.min(...all)).toBe(0);
  });

  test('has binding energies of layers that are the difference of two of its runs, per area of the layer', () => {
    const [layer, bulk] = ['SnS2-layer-1t', 'SnS2-cadmium-iodide'];
    const [a, b] = records.get(layer)!.runs[0]!.output!.final!.cellAngstrom;
    const area = a[0] * b[1] - a[1] * b[0];
    const differenceEv =
      (energyHartree(layer, { withDispersion: true }) - energyHartree(bulk, { withDispersion: true })) * HARTREE_EV;
    expect(value(layer, 'binding_energy')).toBeCloseTo((1000 * differenceEv) / area, 6);
    expect(value(bulk, 'binding_energy')).toBe(value(layer, 'binding_energy'));
    // Around 20 meV/angstrom^2 for most layered compounds (Björkman et al., Phys. Rev. Lett. 108, 235502 (2012)); D3 binds some of them more.
    expect(value(layer, 'binding_energy')).toBeGreaterThan(10);
    expect(value(layer, 'binding_energy')).toBeLessThan(50);
    expect(byId.get(layer)!.attributes['_brine_bulk_entry']).toBe(bulk);
  });

  test('has a gap of 0 of metals, and one of silicon', () => {
    expect(value('Al-fcc', 'band_gap')).toBe(0);
    expect(byId.get('Al-fcc')!.attributes['_brine_gap_kind']).toBe('metal');
    expect(value('Si-diamond', 'band_gap')).toBeGreaterThan(0.4);
  });

  // Seconds of computing each: the numbers come again, whatever machine and build computed them first.
  test.runIf(isFullRun).each(['Si-diamond', 'Al-fcc'])('gives the numbers of %s again', async (id) => {
    await ensurePrograms();
    const place = mkdtempSync(join(tmpdir(), 'brine-again-'));
    try {
      const { runs } = records.get(id)!;
      const signal = new AbortController().signal;
      const again = await computeAgain(runs, { kernel: 'dist/kernel.mjs', place, signal });
      const compared = compareRuns(runs, again!);
      expect(compared.length).toBeGreaterThanOrEqual(3);
      expect(compared.filter(({ isSame }) => !isSame)).toEqual([]);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });
});
