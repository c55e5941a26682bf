import { Displayed, LiveDisplay, type MediaBundle } from './display';
import { ask, BrineError, pageUrl, tell } from './platform';
import { progressBundle } from './progress';
import { Results } from './results';
import { Structure, structures } from './structure';
import type { CalculationChoices, ProcessState, StructureInput } from './types';

/** A step of a calculation. */
export interface ProcessNode {
  kind: 'workflow' | 'job' | 'function';
  name: string;
  title: string;
  state: ProcessState;
  phase: string | null;
  queuePosition: number | null;
  reusedFromId: string | null;
  children: ProcessNode[];
}

export interface CalculationDetail {
  id: string;
  label: string;
  formula: string;
  structureId: string;
  properties: string[];
  state: ProcessState;
  phase: string | null;
  failure: { code: string; message: string; advice: string | null } | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  tree?: ProcessNode;
}

const ended: readonly ProcessState[] = ['finished', 'failed', 'killed'];
const POLL_MS = 500;
/** A platform that is started anew is waited for. */
const AWAY_MAX_MS = 120_000;

/** A calculation of the platform. It runs there: what this notebook does meanwhile is nothing to it. */
export class Calculation extends Displayed {
  constructor(private known: CalculationDetail) {
    super();
  }

  get id(): string {
    return this.known.id;
  }

  get label(): string {
    return this.known.label;
  }

  get formula(): string {
    return this.known.formula;
  }

  get properties(): string[] {
    return [...this.known.properties];
  }

  /** As last seen; `refresh` looks anew. */
  get state(): ProcessState {
    return this.known.state;
  }

  /** Of its page. */
  get url(): string {
    return pageUrl(`/calculations/${this.id}`);
  }

  async refresh(): Promise<this> {
    this.known = await ask('calculations.get', { id: this.id });
    return this;
  }

  structure(): Promise<Structure> {
    return structures.load(this.known.structureId);
  }

  /** What there is so far. */
  async results(): Promise<Results> {
    return new Results(this.url, await ask('calculations.results', { id: this.id }), () => this.structure());
  }

  /** Shows how far it is until it has ended, and gives its results. Throws what the platform says where it failed or was stopped. */
  async wait({ quiet = false }: { quiet?: boolean } = {}): Promise<Results> {
    const live = quiet ? null : new LiveDisplay();
    let answeredAt = Date.now();
    for (;;) {
      const isThere = await this.refresh().then(
        () => true,
        (err) => {
          if (err instanceof BrineError && err.code === 'unavailable' && Date.now() - answeredAt < AWAY_MAX_MS)
            return false;
          throw err;
        },
      );
      if (isThere) {
        answeredAt = Date.now();
        await live?.show(progressBundle(this.known, this.url));
        if (ended.includes(this.state)) break;
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    if (this.state !== 'finished') throw this.fault();
    return this.results();
  }

  /** Stops it; what it has given stays. */
  async stop(): Promise<this> {
    await tell('calculations.stop', { id: this.id });
    return this.refresh();
  }

  private fault(): BrineError {
    const { failure, label, state } = this.known;
    const message = failure
      ? [failure.message, failure.advice].filter(Boolean).join(' ')
      : `The calculation ${label} ${state === 'killed' ? 'was stopped' : 'failed'}.`;
    return new BrineError(`${message} See ${this.url}`, failure?.code ?? state, this.url);
  }

  protected mediaBundle(): MediaBundle {
    return { 'text/plain': `${this.label}: ${this.state} (${this.url})` };
  }
}

export const calculations = {
  /** Submits a calculation. The structure is one of the platform's, its id, or written as JSON. */
  async submit({
    structure,
    ...choices
  }: CalculationChoices & { structure: Structure | StructureInput | string }): Promise<Calculation> {
    const { id } = structure instanceof Structure ? structure : await structures.load(structure);
    return new Calculation(await tell('calculations.run', { structure: { id }, ...choices }));
  },

  async get(id: string): Promise<Calculation> {
    return new Calculation(await ask('calculations.get', { id }));
  },

  /** The project's calculations, the newest first. */
  async list({
    limit = 20,
    ...filters
  }: {
    states?: ProcessState[];
    formula?: string;
    text?: string;
    limit?: number;
  } = {}) {
    const { items } = await ask<{ items: CalculationDetail[] }>('calculations.list', { ...filters, limit });
    return items.map((item) => new Calculation(item));
  },
};
