/** How Deno's kernel asks a value for what is shown of it. */
const shown: unique symbol = Symbol.for('Jupyter.display') as never;

/** By media type. */
export type MediaBundle = Record<string, unknown>;

/** Something that a notebook shows where it is the last value of a cell. */
export abstract class Displayed {
  protected abstract mediaBundle(): MediaBundle;

  [shown](): MediaBundle {
    return this.mediaBundle();
  }
}

interface Jupyter {
  display(value: unknown, options: { raw: true; display_id: string; update: boolean }): Promise<void>;
}

/** One display that changes in place; outside of a notebook a line is printed when what it says has changed. */
export class LiveDisplay {
  private readonly id = crypto.randomUUID();
  private isShown = false;
  private said = '';

  async show(bundle: MediaBundle & { 'text/plain': string }): Promise<void> {
    const said = JSON.stringify(bundle);
    if (said === this.said) return;
    this.said = said;
    const { jupyter } = (globalThis as { Deno?: { jupyter?: Jupyter } }).Deno ?? {};
    if (jupyter) await jupyter.display(bundle, { raw: true, display_id: this.id, update: this.isShown });
    else console.error(bundle['text/plain']);
    this.isShown = true;
  }
}

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);
