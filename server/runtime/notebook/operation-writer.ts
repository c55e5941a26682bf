import { untilDatabaseAnswers } from '@/server/db/away';
import { db } from '@/server/db/client';
import { AppError, isDatabaseAway } from '@/server/errors';
import type { NumberedOperation } from '@/server/schemas/notebook/operations';

/** Outputs wait so long for others to be stored with them; what a person did is stored at once. */
const OUTPUT_PAUSE_MS = 100;
const BATCH_MAX = 500;

interface Writing {
  hostId: string;
  notebookId: string;
  signal: AbortSignal;
  /** The lease ran out: another process owns the notebook. */
  onLeaseLost(): void;
}

/** Stores operations in their order, in batches, as long as the lease lasts. A database that is away is waited for. */
export class OperationWriter {
  private pending: NumberedOperation[] = [];
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> | null = null;
  /** Operations stored since it was set back, and their size. */
  stored = 0;
  characters = 0;

  constructor(private readonly to: Writing) {}

  add(operation: NumberedOperation): void {
    this.pending.push(operation);
    if (operation.operation.kind !== 'output') void this.flush().catch(() => undefined);
    else this.timer ??= setTimeout(() => void this.flush().catch(() => undefined), OUTPUT_PAUSE_MS);
  }

  /** Settles when all that was added before is stored. */
  async flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const last = this.pending.at(-1);
    while (last && this.pending.includes(last)) {
      this.writing ??= this.write().finally(() => {
        this.writing = null;
      });
      await this.writing;
    }
    await this.writing;
  }

  private async write(): Promise<void> {
    const batch = this.pending.slice(0, BATCH_MAX);
    if (batch.length === 0) return;
    const json = JSON.stringify(batch);
    await this.insert(json, batch.length);
    this.pending = this.pending.slice(batch.length);
    this.stored += batch.length;
    this.characters += json.length;
  }

  private async insert(json: string, expected: number): Promise<void> {
    const { hostId, notebookId, signal } = this.to;
    for (;;)
      try {
        // Written before, where the answer was lost on its way: the same numbers then hold the same.
        const count = await db().$executeRaw`
          INSERT INTO "NotebookOperation" ("notebookId", "number", "at", "data")
          SELECT ${notebookId}::uuid, (o->>'number')::int, (o->>'at')::timestamptz, o
          FROM jsonb_array_elements(${json}::jsonb) o
          WHERE EXISTS (SELECT 1 FROM "RuntimeHost" WHERE "id" = ${hostId}::uuid AND "leaseUntil" > now() AND "stoppedAt" IS NULL)
          ON CONFLICT ("notebookId", "number") DO UPDATE SET "data" = EXCLUDED."data"`;
        if (count === expected) return;
        this.to.onLeaseLost();
        throw new AppError('lease-lost', `the runtimes process ${hostId} lost its lease`);
      } catch (err) {
        if (!isDatabaseAway(err)) throw err;
        await untilDatabaseAnswers(signal);
      }
  }
}
