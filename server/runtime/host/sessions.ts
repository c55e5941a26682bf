import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { db } from '@/server/db/client';
import { env } from '@/server/env';
import { logger } from '@/server/log';
import { NotebookSession, type SessionHost } from '../notebook/session';

/** Nobody follows it and nothing runs: out of memory after this time, and its runtime ended after that. */
const FORGET_MS = 60_000;
const CULL_MS = 4 * 3_600_000;
const LOOK_MS = 15_000;

/** What is left of an app: soon ended where its page said that it was closed, later where it only fell silent. */
export interface VisitTimes {
  closedMs: number;
  lostMs: number;
  /** A runtime of an app that is looked at, but not used. */
  unusedMs: number;
}
const visitTimes: VisitTimes = { closedMs: 45_000, lostMs: 10 * 60_000, unusedMs: 30 * 60_000 };

/** The notebooks that are open here, each once. */
export class Sessions {
  private readonly open = new Map<string, Promise<NotebookSession>>();
  /** Those that are being closed: whoever asks for one opens it anew when all of it is stored. */
  private readonly closing = new Map<string, Promise<void>>();
  private readonly timer = setInterval(
    () =>
      void this.tidy().catch((err) =>
        logger.warn({ err }, 'notebooks that are left could not be ended; the next look does'),
      ),
    LOOK_MS,
  );

  constructor(
    private readonly host: SessionHost,
    private readonly times: VisitTimes = visitTimes,
  ) {}

  get(notebookId: string): Promise<NotebookSession> {
    let session = this.open.get(notebookId);
    if (!session) {
      const closed = this.closing.get(notebookId) ?? Promise.resolve();
      session = closed.then(() => NotebookSession.open(this.host, notebookId));
      this.open.set(notebookId, session);
      session.catch(() => this.open.delete(notebookId));
    }
    return session;
  }

  /** Ends its runtime and removes its folder; its rows are the caller's. */
  async remove(notebookId: string): Promise<void> {
    const session = await this.open.get(notebookId)?.catch(() => null);
    this.open.delete(notebookId);
    await session?.discard();
    await rm(join(env().notebookFolder, notebookId), { recursive: true, force: true });
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    const sessions = await Promise.all([...this.open.values()].map((session) => session.catch(() => null)));
    await Promise.allSettled([...sessions.map((session) => session?.close()), ...this.closing.values()]);
  }

  /** Ends what nobody needs any more. */
  async tidy(): Promise<void> {
    for (const [id, opening] of this.open) {
      const session = await opening.catch(() => null);
      if (session?.isVisit) {
        await this.tidyVisit(id, session);
        continue;
      }
      await session?.versions.checkpoint();
      if (!session || session.isFollowed || session.isRunning) continue;
      const quietMs = Date.now() - session.quietSince;
      if (session.hasRuntime) {
        if (quietMs > CULL_MS) session.endRuntime();
      } else if (quietMs > FORGET_MS) {
        this.open.delete(id);
        const closed = session
          .close()
          .catch((err) => logger.warn({ err, notebookId: id }, 'a notebook could not be closed'))
          .finally(() => this.closing.delete(id));
        this.closing.set(id, closed);
      }
    }
    await this.tidyForgotten();
  }
  /** A visit is deleted when it is left, even where a cell of it runs: nobody will see what it gives. */
  private async tidyVisit(id: string, session: NotebookSession): Promise<void> {
    const { leftSince, isLeft } = session;
    const leftMs = leftSince === null ? 0 : Date.now() - leftSince;
    if (leftSince !== null && leftMs > (isLeft ? this.times.closedMs : this.times.lostMs)) await this.removeVisit(id);
    else if (session.hasRuntime && !session.isRunning && Date.now() - session.quietSince > this.times.unusedMs)
      session.endRuntime();
  }

  /** Those that nobody has come back to since the process that had them open ended. */
  private async tidyForgotten(): Promise<void> {
    const rows = await db().notebook.findMany({
      where: { visitOfId: { not: null }, updatedAt: { lt: new Date(Date.now() - this.times.lostMs) } },
      select: { id: true },
    });
    for (const { id } of rows) if (!this.open.has(id)) await this.removeVisit(id);
  }

  private async removeVisit(id: string): Promise<void> {
    await this.remove(id);
    await db().notebook.deleteMany({ where: { id, visitOfId: { not: null } } });
  }
}
