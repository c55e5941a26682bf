import type { Draft, DraftData } from '@/server/schemas/draft';

export type DraftChanges = Partial<Omit<DraftData, 'kind'>>;

export interface SaveState {
  isPending: boolean;
  savedAt: Date | null;
  /** What went wrong, or that another tab was faster. */
  message: string | null;
}

/** How the saver reaches the page and the server. */
export interface SaverPorts {
  /** The draft as it is shown. */
  current(): Draft | undefined;
  show(draft: Draft): void;
  send(version: number, changes: DraftChanges): Promise<Draft>;
  /** Reads the newest draft from the server and shows it. */
  reload(): Promise<unknown>;
  onSaved(): Promise<unknown>;
  onState(state: SaveState): void;
  /** `conflict`: another tab saved since; `refused`: sending again will not help; `later`: it may. */
  judge(error: unknown): { kind: 'conflict' | 'refused' | 'later'; message: string };
}

const DEBOUNCE_MS = 350;
const RETRY_MS = 4_000;
const CONFLICT = 'This draft was changed in another tab. The newer version is shown; your last change was not kept.';

/**
 * Saves a draft as it changes: each change shows at once, is sent a moment later with the version it started from, and waits here
 * until the server has it. One save at a time, since each needs the version that the one before it made.
 */
export class DraftSaver {
  private waiting: DraftChanges = {};
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> = Promise.resolve();
  private state: SaveState = { isPending: false, savedAt: null, message: null };

  constructor(private readonly ports: SaverPorts) {}

  update(changes: DraftChanges): void {
    const current = this.ports.current();
    if (!current) return;
    this.waiting = { ...this.waiting, ...changes };
    this.ports.show({ ...current, data: { ...current.data, ...changes } });
    this.tell({ isPending: true, message: null });
    this.schedule(DEBOUNCE_MS);
  }

  /** Sends what waits, now; settles when the server has it or has said no. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.running = this.running.then(() => this.send());
    return this.running;
  }

  private schedule(afterMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), afterMs);
  }

  private async send(): Promise<void> {
    const changes = this.waiting;
    const current = this.ports.current();
    if (!current || Object.keys(changes).length === 0) return;
    this.waiting = {};
    try {
      const saved = await this.ports.send(current.version, changes);
      // What was typed while the save was under way stays on screen.
      this.ports.show({ ...saved, data: { ...saved.data, ...this.waiting } });
      this.tell({ isPending: Object.keys(this.waiting).length > 0, savedAt: new Date(), message: null });
      await this.ports.onSaved();
    } catch (error) {
      await this.recover(error, changes);
    }
  }

  private async recover(error: unknown, changes: DraftChanges): Promise<void> {
    const { kind, message } = this.ports.judge(error);
    if (kind === 'conflict') {
      this.waiting = {};
      await this.ports.reload();
      return this.tell({ isPending: false, savedAt: null, message: CONFLICT });
    }
    this.waiting = { ...changes, ...this.waiting };
    this.tell({ isPending: true, message });
    if (kind === 'later') this.schedule(RETRY_MS);
  }

  private tell(change: Partial<SaveState>): void {
    this.state = { ...this.state, ...change };
    this.ports.onState(this.state);
  }
}
