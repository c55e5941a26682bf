import type { CalculationFileEntry } from '@/server/schemas/calculation';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { outputsOf } from './outputs';
import { requireCalculation } from './require-calculation';

/** Every file that the jobs left, with the address it is read from. */
export async function listFiles(actor: Actor, { id }: { id: string }): Promise<CalculationFileEntry[]> {
  const scope = await projectScope(actor, 'read');
  await requireCalculation(scope, id);
  const links = await outputsOf(id);
  return links.flatMap(({ name: output, process, dataNode }) =>
    (dataNode?.files ?? []).map((file) => {
      const name = output === 'files' ? file.name : `${output}/${file.name}`;
      return {
        processId: process.id,
        process: process.name,
        name,
        bytes: Number(file.blob.bytes),
        mediaType: file.mediaType,
        href: `/api/calculations/${id}/files/${process.id}/${name}`,
      };
    }),
  );
}
