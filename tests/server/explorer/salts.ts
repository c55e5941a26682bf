import { asJson, db } from '@/server/db/client';
import type { PropertyDefinition } from '@/server/schemas/datasets';
import type { Actor } from '@/server/services/actor';
import { makeDataset, rockSalt } from '../datasets/make-dataset';

const pairs = [
  ['Li', 'F'],
  ['Li', 'Cl'],
  ['Na', 'F'],
  ['Na', 'Cl'],
  ['K', 'Cl'],
  ['Mg', 'O'],
  ['Ti', 'O'],
] as const;

/** Seven rock salts with a gap (one a zero, one not computed, one failed), a word, a truth and a note that a spreadsheet would run. */
export async function makeSalts(actor: Actor, slug: string): Promise<{ id: string }> {
  const gaps = [14.2, 9.4, 11.5, 8.75, null, 7.8, 0];
  const made = await makeDataset(
    actor,
    slug,
    pairs.map((pair, i) =>
      rockSalt(`Salt-${i + 1}`, pair, 4 + i / 7, {
        ...(gaps[i] === null ? {} : { _salts_gap: gaps[i] }),
        ...(i === 5 ? { _brine_failures: { _salts_energy: 'no convergence' } } : { _salts_energy: -i - 1 }),
        _salts_kind: i < 5 ? 'halide' : 'oxide',
        _salts_stable: i !== 6,
        ...(i === 0 ? { _salts_note: '=HYPERLINK("http://evil.example";"x")' } : {}),
      }),
    ),
  );
  const row = await db().dataset.findUniqueOrThrow({ where: made });
  const properties = (row.properties as unknown as PropertyDefinition[]).map((definition) =>
    definition.name === '_salts_gap' ? { ...definition, title: 'Band gap', unit: 'eV' } : definition,
  );
  await db().dataset.update({ where: made, data: { properties: asJson(properties), licence: 'CC-BY-4.0' } });
  return made;
}
