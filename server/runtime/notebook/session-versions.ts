import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import { logger } from '@/server/log';
import { canonicalText } from '@/server/schemas/notebook/canonical-text';
import type { Operation } from '@/server/schemas/notebook/operations';
import { type RevertOperation, revertCell } from '@/server/schemas/notebook/revert';
import type { Cell, NotebookState } from '@/server/schemas/notebook/state';
import type { VersionCell, VersionContent } from '@/server/schemas/notebook/versions';
import { type PackedVersion, packVersion } from '../store/version-content';
import { loadVersion, storeVersion } from '../store/versions';
import { CHANGE_OF_CELL, isCheckpointDue } from './checkpoints';

interface Session {
  notebookId: string;
  state(): NotebookState;
  sourceOf(cellId: string): string;
  /** Makes texts what is given; gives the update that does it, null where nothing changed. */
  setSources(sources: ReadonlyMap<string, string>): string | null;
  order(operation: RevertOperation): void;
  /** Has what people do wait until the work is done. */
  whileHeld<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** While what runs puts out more and more, the present is stored again, at most so often. */
const TRIES_MAX = 20;

/** The versions of an open notebook: automatic ones when they are due, those that people make, and going back to one. */
export class SessionVersions {
  /** Characters that have changed since the last version. */
  private amount = 0;
  private changedAt = Date.now();
  private versionAt = Date.now();
  /** One after another. */
  private tail: Promise<unknown> = Promise.resolve();

  constructor(private readonly session: Session) {}

  /** Where the newest version is older than the notebook, something may have changed since. */
  async begin(): Promise<void> {
    const { notebookId } = this.session;
    const last = await db().notebookVersion.findFirst({ where: { notebookId }, orderBy: { id: 'desc' } });
    if (last && last.number < this.session.state().number) this.amount = 1;
  }

  /** Takes note of an operation. */
  see(operation: Operation): void {
    const amount = amountOf(operation);
    if (amount === 0) return;
    this.amount += amount;
    if (operation.kind !== 'finished') this.changedAt = Date.now();
  }

  /** Makes an automatic version where one is due; `isLast`: where anything has changed, since the notebook is closed. */
  async checkpoint(isLast = false): Promise<void> {
    const now = Date.now();
    const change = { amount: this.amount, quietMs: now - this.changedAt, sinceMs: now - this.versionAt };
    if (isLast ? this.amount === 0 : !isCheckpointDue(change)) return;
    await this.store('automatic', null, null).catch((err) => {
      logger.warn({ err, notebookId: this.session.notebookId }, 'a checkpoint could not be stored; the next one will');
    });
  }

  /** A version of what the notebook is now; gives its id. */
  save(name: string, userId: string): Promise<string> {
    return this.store('named', name, userId);
  }

  /** Goes back to a version. What stands there now is a version before: nothing is lost, and this can be taken back by going back to it. */
  restore(versionId: string, userId: string): Promise<{ before: string }> {
    const { session } = this;
    return session.whileHeld(async () => {
      const wanted = await loadVersion(db(), session.notebookId, versionId);
      for (let tries = 0; tries < TRIES_MAX; tries++) {
        const packed = this.pack();
        const before = await this.store('before-restore', null, userId, packed);
        if (!isKept(packed, this.pack(), session.state().running?.cellId)) continue;
        session.order(this.revertTo(versionId, wanted));
        return { before };
      }
      throw new AppError('unavailable', 'the notebook changes faster than it is stored', {
        userMessage:
          'The notebook changes so fast at this moment that it cannot be stored. Interrupt what runs, and try again.',
      });
    });
  }

  private store(
    kind: 'named' | 'automatic' | 'before-restore',
    name: string | null,
    userId: string | null,
    packed: PackedVersion = this.pack(),
  ): Promise<string> {
    const { notebookId } = this.session;
    const { number } = this.session.state();
    const amount = this.amount;
    const stored = this.tail.then(() => storeVersion({ notebookId, number, kind, name, userId, packed }));
    this.tail = stored.then(
      () => {
        this.amount -= amount;
        this.versionAt = Date.now();
      },
      () => undefined,
    );
    return stored;
  }

  private pack(): PackedVersion {
    return packVersion(this.session.state(), (cellId) => this.session.sourceOf(cellId));
  }

  /** Only what differs from the present travels. */
  private revertTo(versionId: string, { metadata, cells }: VersionContent): RevertOperation {
    const { session } = this;
    const update = session.setSources(new Map(cells.map(({ id, source }) => [id, source])));
    const changed = cells.map(toCell).filter((cell) => {
      const now = session.state().cells[cell.id];
      return !now || canonicalText(revertCell(now, cell)) !== canonicalText(now);
    });
    return {
      ...{ kind: 'revert', versionId, metadata, order: cells.map(({ id }) => id) },
      cells: Object.fromEntries(changed.map((cell) => [cell.id, cell])),
      ...(update === null ? {} : { update }),
    };
  }
}

const toCell = ({ source: _, ...cell }: VersionCell): Cell => cell;

/** Whether a stored version has all that stands there now, save what the running cell puts out, which stays with it. */
function isKept(stored: PackedVersion, now: PackedVersion, running: string | undefined): boolean {
  const marks = (packed: PackedVersion) =>
    JSON.stringify(packed.cells.map(({ id, cell, outputs }) => [id, cell, id === running ? null : outputs]));
  return marks(stored) === marks(now);
}

/** How much an operation changes of what versions keep. */
function amountOf(operation: Operation): number {
  switch (operation.kind) {
    case 'text':
      return Math.ceil(operation.update.length * 0.75);
    case 'insert':
    case 'delete':
    case 'restore':
    case 'move':
    case 'split':
    case 'merge':
    case 'type':
    case 'metadata':
    case 'clear':
    case 'finished':
    case 'revert':
      return CHANGE_OF_CELL;
    default:
      return 0;
  }
}
