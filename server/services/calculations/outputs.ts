import { db } from '@/server/db/client';

/** What the jobs of a calculation made or took over, with the process each belongs to. */
export async function outputsOf(calculationId: string, name?: string) {
  return db().link.findMany({
    where: {
      process: { calculationId },
      kind: { in: ['create', 'return'] },
      ...(name ? { name } : {}),
    },
    include: {
      process: { select: { id: true, name: true, ordinal: true } },
      dataNode: { include: { files: { include: { blob: { select: { bytes: true } } } } } },
    },
    orderBy: [{ process: { ordinal: 'asc' } }, { id: 'asc' }],
  });
}
