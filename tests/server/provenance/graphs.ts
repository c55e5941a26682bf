import { randomUUID } from 'node:crypto';
import { putBlob } from '@/server/db/blobs';
import { asJson, db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import type { Actor } from '@/server/services/actor';
import { ensureStructureNode } from '@/server/services/provenance/structure-node';

/** A structure's row as small as rows may be; nothing here analyses it. */
export async function makeStructure(actor: Actor, formula = 'Si'): Promise<string> {
  const { id } = await db().structure.create({
    data: {
      projectId: actor.projectId,
      hash: `s1:${randomUUID().replaceAll('-', '').repeat(2)}`,
      name: `A crystal of ${formula}`,
      formula,
      elements: [formula],
      siteCount: 1,
      data: { formatVersion: 1 },
      summary: { issues: [] },
      sourceKind: 'text',
    },
  });
  return id;
}

/** Results as their schemas want them, as small as they may be. */
const scfValue = {
  ...{ converged: true, energyEv: -214.5, energyEvPerAtom: -107.25, energyZeroWidthEv: null, termsEv: null },
  ...{
    fermiEv: 5.8,
    electrons: 8,
    iterations: [],
    notes: [],
    timings: {},
    program: { name: 'planewave', version: '1' },
  },
  used: {
    ...{
      cutoffHartree: 6,
      fftGrid: [9, 9, 9],
      planeWaves: 59,
      bands: 8,
      irreducibleKpoints: 3,
      symmetryOperations: 48,
    },
    ...{ spaceGroupNumber: 227, pseudopotentials: {}, backend: 'wasm', threads: 1 },
  },
};
const bandsValue = {
  ...{ kpoints: [], ticks: [], segments: [], energiesEv: [], fermiEv: 5.8, zeroEv: 5.6, zero: 'valence-maximum' },
  ...{ note: null, path: 'GX' },
};

export interface MadeCalculation {
  id: string;
  structureId: string;
  structure: string;
  settings: string;
  scf: string;
  scfResult: string;
  density: string;
  bands: string;
  bandsResult: string;
}

interface Options {
  structureId?: string;
  label?: string;
  gapEv?: number;
  isStill?: boolean;
}

/** The rows that a calculation of bands leaves: its root, two jobs, and what they took and made. */
export async function makeCalculation(
  actor: Actor,
  { structureId: given, label = 'Bands of silicon', gapEv = 0.55, isStill = true }: Options = {},
): Promise<MadeCalculation> {
  const { projectId, userId } = actor;
  const structureId = given ?? (await makeStructure(actor));
  const [id, scf, bands] = [newId(), newId(), newId()];
  await db().calculation.create({
    data: {
      ...{ id, projectId, userId, structureId, label, formula: 'Si' },
      ...{ kind: 'structure-wizard', schemaVersion: 1, properties: ['bands'], protocol: 'fast', functional: 'pbe' },
      inputs: {},
    },
  });
  const process = { projectId, calculationId: id, state: isStill ? ('finished' as const) : ('running' as const) };
  await db().process.createMany({
    data: [
      { ...process, id, kind: 'workflow', name: 'calculation', title: label },
      { ...process, id: scf, parentId: id, kind: 'job', name: 'scf', title: 'Self-consistent field', exitCode: 0 },
      { ...process, id: bands, parentId: id, kind: 'job', name: 'bands', title: 'Bands', ordinal: 1, exitCode: 0 },
    ],
  });
  const make = async (kind: string, value: unknown, files: Record<string, string> = {}) => {
    const rows = [];
    for (const [name, text] of Object.entries(files)) {
      const { sha256 } = await putBlob(db(), Buffer.from(text));
      rows.push({ name, sha256, mediaType: 'text/plain; charset=utf-8' });
    }
    const data = { projectId, kind, schemaVersion: 1, files: { create: rows } };
    return (await db().dataNode.create({ data: { ...data, ...(value === null ? {} : { value: asJson(value) }) } })).id;
  };
  const structure = await ensureStructureNode(db(), { projectId }, structureId);
  const settings = await make('settings', { protocol: 'fast', cutoffHartree: { value: 6 } });
  const gap = { gapEv, kind: 'indirect', directEv: 2.5, valence: null, conduction: null };
  const scfResult = await make('scf-result', { ...scfValue, gap });
  const density = await make('density', null, { 'density.npy': `density of ${label}` });
  const bandsResult = await make('bands-result', { ...bandsValue, gap }, { 'bands.txt': `bands of ${label}` });
  const link = (kind: 'input' | 'create', name: string, processId: string, dataNodeId: string) =>
    db().link.create({ data: { kind, name, processId, dataNodeId } });
  await link('input', 'structure', id, structure);
  await link('input', 'settings', id, settings);
  await link('create', 'result', scf, scfResult);
  await link('create', 'density', scf, density);
  await link('input', 'density', bands, density);
  await link('create', 'result', bands, bandsResult);
  for (const [name, calledId] of Object.entries({ scf, bands }))
    await db().link.create({ data: { kind: 'call', name, processId: id, calledId } });
  return { id, structureId, structure, settings, scf, scfResult, density, bands, bandsResult };
}
