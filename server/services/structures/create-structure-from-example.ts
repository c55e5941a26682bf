import { examples } from '@/kernels/crystal/examples.data';
import { parseStructure } from '@/kernels/crystal/structure';
import { notFound } from '@/server/errors';
import type { StructureDetail } from '@/server/schemas/structure';
import type { Actor } from '../actor';
import { recordExample } from '../provenance/record-structure';
import { projectScope } from '../scope';
import { storeStructure } from './store-structure';
import { inThread } from './thread/in-thread';

/** An example as a structure of the project. */
export async function createStructureFromExample(
  actor: Actor,
  { exampleId }: { exampleId: string },
): Promise<StructureDetail> {
  const scope = await projectScope(actor, 'compute');
  const example = examples.find(({ id }) => id === exampleId);
  if (!example) throw notFound('The example');
  const described = await inThread('describe', parseStructure(example.structure));
  const stored = await storeStructure(scope, described, { name: example.name, kind: 'example', fileName: null });
  await recordExample(actor, stored.id, example.name);
  return stored;
}
