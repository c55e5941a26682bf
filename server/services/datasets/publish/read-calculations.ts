import { HARTREE_EV } from '@/kernels/core/constants';
import { cellVolume } from '@/kernels/crystal/cell';
import { densityGramPerCm3 } from '@/kernels/crystal/density';
import type { Structure } from '@/kernels/crystal/schema';
import { db } from '@/server/db/client';
import { densityJob } from '@/server/properties/density-job';
import { isPropertyId } from '@/server/properties/ids';
import { RELAX_JOB } from '@/server/properties/relax/property';
import { relaxSettingsSchema } from '@/server/properties/relax/schema';
import type { Failure } from '@/server/schemas/process';
import { type EntryProvenance, PROVENANCE_PROPERTY } from '@/server/schemas/publication';
import {
  bandsResultSchema,
  elasticResultSchema,
  eosResultSchema,
  exfoliationResultSchema,
  relaxResultSchema,
  scfResultSchema,
} from '@/server/schemas/results';
import { snapshotOf } from '../../calculations/snapshot';
import { FAILURES } from '../import/read-entry';
import { optimadeStructure } from '../small-crystals/derive/optimade-structure';
import { usedFunctional } from './used-functional';

/** The processes whose results are published. Of bands only what they say of the gap: long arrays stay where they are. */
const sources = {
  scf: densityJob.name,
  relax: RELAX_JOB,
  bands: 'bands-path',
  eos: 'eos-combined',
  elastic: 'elastic-combined',
  exfoliation: 'exfoliation-combined',
} as const;
type Source = keyof typeof sources;

const scfFields = scfResultSchema.pick({
  energyEv: true,
  energyZeroWidthEv: true,
  fermiEv: true,
  fermiSpinEv: true,
  gap: true,
  pressureGpa: true,
  totalMagnetisation: true,
  absoluteMagnetisation: true,
  used: true,
  program: true,
});
const fields = {
  scf: scfFields,
  relax: relaxResultSchema.pick({}).extend({ scf: scfFields }),
  bands: bandsResultSchema.pick({ gap: true }),
  eos: eosResultSchema.pick({ atoms: true, fit: true, note: true }),
  elastic: elasticResultSchema.pick({ elasticity: true }),
  exfoliation: exfoliationResultSchema.pick({ energyMevPerAngstrom2: true, energyMevPerAtom: true, note: true }),
};

/** Lines of an OPTIMADE file, one for each calculation that has something computed; why of the others. */
export async function readCalculations(
  ids: readonly string[],
): Promise<{ id: string; label: string; line: string | null; why: string }[]> {
  const calculations = await loadCalculations(ids);
  const links = await loadLinks(ids);
  return calculations.map((calculation) => {
    const own = links.filter(({ process }) => process.calculationId === calculation.id);
    const { id, label } = calculation;
    try {
      const entry = entryOf(calculation, own);
      return { id, label, line: entry && JSON.stringify(entry), why: 'It has no result of a structure at rest.' };
    } catch (err) {
      return { id, label, line: null, why: `Its results could not be read: ${(err as Error).message.slice(0, 200)}` };
    }
  });
}

const loadCalculations = (ids: readonly string[]) =>
  db().calculation.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { id: 'asc' },
    include: {
      structure: { select: { data: true } },
      processes: {
        select: { id: true, name: true, parentId: true, state: true, failure: true, finishedAt: true },
        orderBy: { ordinal: 'asc' },
      },
      user: false,
    },
  });
type Loaded = Awaited<ReturnType<typeof loadCalculations>>[number];

const loadLinks = (ids: readonly string[]) =>
  db().link.findMany({
    where: {
      kind: { in: ['create', 'return'] },
      name: { in: ['result', 'structure'] },
      process: { calculationId: { in: [...ids] }, name: { in: Object.values(sources) }, state: 'finished' },
    },
    include: {
      process: { select: { calculationId: true, name: true } },
      dataNode: { include: { structure: { select: { data: true } } } },
    },
  });
type LoadedLink = Awaited<ReturnType<typeof loadLinks>>[number];

interface Results {
  value: { [Name in Source]?: ReturnType<(typeof fields)[Name]['parse']> };
  node: { [Name in Source]?: string };
}

function resultsOf(links: readonly LoadedLink[]): Results {
  const results: Results = { value: {}, node: {} };
  for (const [source, name] of Object.entries(sources) as [Source, string][]) {
    const link = links.find((one) => one.process.name === name && one.name === 'result');
    if (!link?.dataNode) continue;
    (results.value as Record<string, unknown>)[source] = fields[source].parse(link.dataNode.value);
    results.node[source] = link.dataNode.id;
  }
  return results;
}

/** A value with the result that it was read from; null: from the choices or the structure. */
type Read = [value: number | string | null | undefined, from: Source | null];

function entryOf(calculation: Loaded, links: readonly LoadedLink[]) {
  const results = resultsOf(links);
  const ground: Source = results.value.scf ? 'scf' : 'relax';
  const scf = results.value.scf ?? results.value.relax?.scf;
  if (!scf) return null;
  const relaxed = links.find(({ process, name }) => process.name === RELAX_JOB && name === 'structure')?.dataNode;
  const structure = (relaxed?.structure ?? calculation.structure)!.data as unknown as Structure;
  const { resolved } = snapshotOf(calculation);
  const atoms = structure.sites.length;
  const isCrystal = structure.cellAngstrom !== null && structure.periodic.every(Boolean);
  const { eos, elastic, bands, exfoliation } = results.value;
  const { hill } = elastic?.elasticity ?? {};
  const hasBands = 'bands' in resolved.properties;
  const gap = hasBands ? bands?.gap : scf.gap;
  const gapFrom = hasBands ? 'bands' : ground;
  const energyEv = scf.energyZeroWidthEv ?? scf.energyEv;
  const hasMovedCell =
    'relax' in resolved.properties &&
    relaxSettingsSchema.partial().parse(resolved.properties.relax!.settings).cell !== 'fixed';
  const read: Record<string, Read> = {
    volume_per_atom: [isCrystal ? cellVolume(structure.cellAngstrom!) / atoms : null, null],
    density: [densityGramPerCm3(structure), null],
    energy_per_atom: [energyEv === null ? null : energyEv / atoms, ground],
    band_gap: [gap?.gapEv, gapFrom],
    direct_gap: [gap?.directEv, gapFrom],
    gap_kind: [gap?.kind, gapFrom],
    fermi_energy: [scf.fermiSpinEv ? null : scf.fermiEv, ground],
    pressure: [isCrystal ? scf.pressureGpa : null, ground],
    total_magnetisation: [scf.totalMagnetisation, ground],
    absolute_magnetisation: [scf.absoluteMagnetisation, ground],
    bulk_modulus: [eos?.fit?.bulkModulusGpa, 'eos'],
    equilibrium_volume_per_atom: [eos?.fit && eos.fit.volumeAngstrom3 / eos.atoms, 'eos'],
    elastic_bulk_modulus: [hill?.bulk, 'elastic'],
    shear_modulus: [hill?.shear, 'elastic'],
    young_modulus: [hill?.young, 'elastic'],
    poisson_ratio: [hill?.poisson, 'elastic'],
    exfoliation_energy: [exfoliation?.energyMevPerAngstrom2, 'exfoliation'],
    exfoliation_energy_per_atom: [exfoliation?.energyMevPerAtom, 'exfoliation'],
    engine: [resolved.engine, null],
    functional: [usedFunctional(calculation.functional, resolved.dispersion), null],
    dispersion: [resolved.dispersion, null],
    protocol: [calculation.protocol, null],
    cutoff: [scf.used.cutoffHartree * HARTREE_EV, null],
    kpoint_mesh: [hasMovedCell ? null : resolved.mesh?.value.join(' × '), null],
    irreducible_kpoints: [scf.used.irreducibleKpoints, ground],
  };
  const there = Object.entries(read).filter(([, [value]]) => value !== null && value !== undefined);
  const endedAt = calculation.processes.find(({ id }) => id === calculation.id)?.finishedAt ?? null;
  const provenance: EntryProvenance = {
    calculation: calculation.id,
    label: calculation.label,
    address: `/calculations/${calculation.id}`,
    endedAt: endedAt?.toISOString() ?? null,
    program: scf.program,
    structureNode: relaxed?.id ?? null,
    nodes: Object.fromEntries(
      there.flatMap(([name, [, from]]) => (from ? [[`_brine_${name}`, results.node[from]!] as const] : [])),
    ),
  };
  return {
    type: 'structures',
    id: calculation.id,
    attributes: {
      ...optimadeStructure(structure),
      last_modified: endedAt,
      ...Object.fromEntries(there.map(([name, [value]]) => [`_brine_${name}`, value])),
      [PROVENANCE_PROPERTY]: provenance,
      [FAILURES]: failuresOf(calculation, read, results),
    },
  };
}

/** Of what was asked for and has no value, the sentence of the step that gave none. */
function failuresOf(
  { processes, properties }: Loaded,
  read: Readonly<Record<string, Read>>,
  { value }: Results,
): Record<string, string> {
  const failed: Partial<Record<Source, string>> = {};
  for (const property of properties) {
    if (!isPropertyId(property) || !(property in sources)) continue;
    const workflow = processes.find(({ name }) => name === property);
    if (workflow?.state !== 'failed' && workflow?.state !== 'killed') continue;
    const job = processes.find(({ parentId, state }) => parentId === workflow.id && state === 'failed');
    const failure = (job?.failure ?? workflow.failure) as Failure | null;
    failed[property as Source] = failure?.message ?? 'It was stopped.';
  }
  if (value.eos && !value.eos.fit) failed.eos = value.eos.note ?? 'The energies have no minimum.';
  if (value.elastic && !value.elastic.elasticity) failed.elastic = 'Some strain makes no stress.';
  if (value.exfoliation?.note) failed.exfoliation = value.exfoliation.note;
  return Object.fromEntries(
    Object.entries(read).flatMap(([name, [one, from]]) => {
      const reason = from && failed[from];
      return reason && (one === null || one === undefined) ? [[`_brine_${name}`, reason]] : [];
    }),
  );
}
