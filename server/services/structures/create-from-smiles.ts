import type { z } from 'zod';
import { putBlob } from '@/server/db/blobs';
import { db } from '@/server/db/client';
import type { StructureDetail, smilesSchema } from '@/server/schemas/structure';
import type { Actor } from '../actor';
import { recordImport } from '../provenance/record-structure';
import { projectScope } from '../scope';
import { storeStructure } from './store-structure';
import { inThread } from './thread/in-thread';

const DEADLINE_MS = 20_000;
const FILE_NAME = 'molecule.smi';

/** A molecule in a box, kept with the SMILES that it came from. */
export async function createFromSmiles(
  actor: Actor,
  { smiles, marginAngstrom }: z.infer<typeof smilesSchema>,
): Promise<StructureDetail> {
  const scope = await projectScope(actor, 'compute');
  const described = await inThread('moleculeOf', { smiles, marginAngstrom }, DEADLINE_MS);
  const { sha256 } = await putBlob(db(), Buffer.from(`${smiles}\n`));
  const name = smiles.length > 60 ? described.formula : smiles;
  const stored = await storeStructure(scope, described, { name, kind: 'smiles', fileName: null, sourceSha256: sha256 });
  await recordImport(actor, stored.id, { sha256, fileName: FILE_NAME });
  return stored;
}
