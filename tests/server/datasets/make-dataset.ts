import { asJson, db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import type { Actor } from '@/server/services/actor';
import { Definitions } from '@/server/services/datasets/import/definitions';
import { readDatasetLines } from '@/server/services/datasets/import/read-lines';
import { emptyReport } from '@/server/services/datasets/import/report';
import { writeEntries, writeReferences } from '@/server/services/datasets/import/write-entries';

/** Entries and references of OPTIMADE as a dataset of the actor's project, without a worker; all of them must be taken. */
export async function makeDataset(actor: Actor, slug: string, lines: readonly unknown[]): Promise<{ id: string }> {
  const id = newId();
  const read = readDatasetLines({ lines: lines.map((line) => JSON.stringify(line)) });
  const refused = read.filter((line) => line.is === 'refused');
  if (refused.length > 0) throw new Error(`refused: ${JSON.stringify(refused[0])}`);
  const entries = read.flatMap((line) => (line.is === 'entry' ? [line.entry] : []));
  const definitions = new Definitions([]);
  for (const entry of entries) {
    entry.properties = definitions.fit(entry.properties).kept;
    for (const name of Object.keys(entry.failures ?? {})) definitions.expect(name);
  }
  await db().dataset.create({
    data: {
      ...{
        id,
        slug,
        projectId: actor.projectId,
        title: slug,
        version: '1',
        description: '',
        licence: '',
        citation: '',
      },
      ...{ properties: asJson(definitions.list), source: {}, state: 'ready', report: asJson(emptyReport) },
      entryCount: entries.length,
    },
  });
  for (let first = 0; first < entries.length; first += 500)
    await writeEntries(db(), id, first + 1, entries.slice(first, first + 500));
  await writeReferences(
    db(),
    id,
    read.flatMap((line) => (line.is === 'reference' ? [line] : [])),
  );
  return { id };
}

/** One entry as a file of OPTIMADE has it: rock salt with the lattice constant in angstrom, and properties. */
export function rockSalt(id: string, [cation, anion]: readonly [string, string], a: number, properties: object = {}) {
  const half = a / 2;
  return {
    id,
    type: 'structures',
    attributes: {
      lattice_vectors: [
        [0, half, half],
        [half, 0, half],
        [half, half, 0],
      ],
      cartesian_site_positions: [
        [0, 0, 0],
        [half, half, half],
      ],
      species_at_sites: [cation, anion],
      species: [cation, anion].map((name) => ({ name, chemical_symbols: [name], concentration: [1] })),
      dimension_types: [1, 1, 1],
      last_modified: '2026-01-01T00:00:00Z',
      ...properties,
    },
  };
}
