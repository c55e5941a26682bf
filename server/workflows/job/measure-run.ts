import type { ComputerDriver, Run } from '@/server/computers/driver';
import { folderSize } from '@/server/computers/local/folder-size';
import { db } from '@/server/db/client';
import { logger } from '@/server/log';

/** Notes what the folders of a job hold, here and on its computer. What cannot be measured now is measured another time. */
export async function measureRun(run: Run, driver: ComputerDriver | null): Promise<void> {
  try {
    const scratchBytes = BigInt(await folderSize(run.folder));
    const there = run.attempt > 0 ? await driver?.measure?.([run.id]) : undefined;
    const remote = there ? { remoteBytes: BigInt(there.get(run.id) ?? 0) } : {};
    await db().process.update({ where: { id: run.id }, data: { scratchBytes, ...remote, measuredAt: new Date() } });
  } catch (err) {
    logger.warn({ processId: run.id, err }, 'the folder of a job could not be measured');
  }
}
