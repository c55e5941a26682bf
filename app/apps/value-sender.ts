import type { NotebookState } from '@/server/schemas/notebook/state';
import type { Values } from './input-values';

interface Link {
  run(values: Values): Promise<{ isWaiting: boolean }>;
  state(): NotebookState;
  /** The values that are wanted and not begun with have changed. */
  onChange(): void;
  onFault(err: unknown): void;
}

/** Where the server still saw a cell run that this page has seen end. */
const AGAIN_MS = 150;

/** Brings the newest values to the server: one request at a time, and while a cell runs only that they are wanted. */
export class ValueSender {
  private wanted: Values | null = null;
  /** The values with which the server began last, or which it said to wait with. */
  private told: Values | null = null;
  private isSending = false;

  constructor(private readonly link: Link) {}

  get isAsked(): boolean {
    return this.wanted !== null;
  }

  ask(values: Values): void {
    this.wanted = values;
    this.link.onChange();
    void this.goOn();
  }

  /** To be called whenever the notebook has changed. */
  async goOn(): Promise<void> {
    const values = this.wanted;
    if (values === null || this.isSending || (this.link.state().running && this.told === values)) return;
    this.isSending = true;
    try {
      const { isWaiting } = await this.link.run(values);
      this.told = values;
      if (!isWaiting && this.wanted === values) this.wanted = null;
      else if (isWaiting && !this.link.state().running) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    } catch (err) {
      if (this.wanted === values) this.wanted = null;
      this.link.onFault(err);
    } finally {
      this.isSending = false;
    }
    this.link.onChange();
    void this.goOn();
  }
}
