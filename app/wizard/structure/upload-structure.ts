import { STRUCTURE_BYTES_MAX, type StructureDetail } from '@/server/schemas/structure';
import { bytes } from '../../format/number';

/** Sends a file as it is; the server reads at most its limit. Throws an Error whose message is for the person. */
export async function uploadStructure(file: File): Promise<StructureDetail> {
  if (file.size > STRUCTURE_BYTES_MAX)
    throw new Error(
      `${file.name} holds ${bytes(file.size)}; a structure file may hold ${bytes(STRUCTURE_BYTES_MAX)} at most. Is it a trajectory? Then save one frame of it.`,
    );
  const answer = await fetch(`/api/structures/upload?fileName=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    body: file,
  }).catch(() => null);
  if (!answer)
    throw new Error('The platform does not answer. Look whether it still runs in its terminal, then try again.');
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error.message);
  return { ...body, createdAt: new Date(body.createdAt) };
}
