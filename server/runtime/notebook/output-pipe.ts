import type { OutputPart } from '@/server/schemas/notebook/operations';
import { emptyStream, extend, shortenTail, TAIL_MAX } from '@/server/schemas/notebook/outputs';
import type { Bundle, StreamOutput } from '@/server/schemas/notebook/state';

/** Between two batches, ms: what comes alone goes at once. */
const PAUSE_MS = 33;
/** The pause once a run has put out more than this, characters: an endless loop fills no disk. */
const CALM_AFTER = 2_000_000;
const CALM_PAUSE_MS = 1_000;
/** Of the end of a stream that was cut, in each batch; at its end all of the tail is told. */
const LIVE_TAIL = 4_000;
/** Text that waits for the next batch, characters: with more it goes before its time. */
const WAITING_MAX = 4_000_000;
/** Parts of one batch; between the first and the last ones those that came too fast are left out. */
const BATCH_MAX = 400;
const CALM_BATCH_MAX = 40;
/** Streams that are followed at a time: a cell whose timers print on after its end keeps one. */
const STREAMS_MAX = 8;
/** Of a stream for its "show all", characters. */
const ALL_MAX = 10_000_000;

/** None of these rejects: what cannot be stored is told in place of the output. */
interface Deliver {
  /** Values that are large go where they can be fetched. */
  moveValues(bundle: Bundle): Promise<Bundle>;
  /** null where it could not be kept. */
  keepText(text: string): Promise<{ blob: string; bytes: number } | null>;
  emit(cellId: string, parts: OutputPart[]): void;
}

interface Stream {
  /** As all pages have it. */
  shown: StreamOutput;
  all: string[];
  characters: number;
}

/**
 * Takes what cells put out, as fast as it comes, and hands it on in batches of bounded size and number. Long streams are cut
 * in the middle here, before anything of them is stored or sent.
 */
export class OutputPipe {
  private pending: { cellId: string; part: OutputPart }[] = [];
  private readonly streams = new Map<string, Stream>();
  private timer: NodeJS.Timeout | null = null;
  private last = 0;
  private emitted = 0;
  private working: Promise<void> = Promise.resolve();

  constructor(private readonly deliver: Deliver) {}

  add(cellId: string, part: OutputPart): void {
    const before = this.pending.at(-1);
    if (
      part.kind === 'stream' &&
      before?.cellId === cellId &&
      before.part.kind === 'stream' &&
      before.part.name === part.name
    ) {
      before.part = { ...part, text: before.part.text + part.text };
      if (before.part.text.length > WAITING_MAX) this.flush();
    } else {
      if (part.kind === 'update') this.dropUpdate(cellId, part.displayId);
      else if (part.kind !== 'clear') this.dropCleared(cellId);
      this.pending.push({ cellId, part });
      if (this.pending.length > this.batchMax) this.skip();
    }
    this.schedule();
  }

  /** All that was added before is handed on, and what was cut is kept whole as far as that goes. */
  async end(cellId: string): Promise<void> {
    this.flush();
    this.working = this.working.then(() => this.close(cellId));
    await this.working;
    this.emitted = 0;
  }

  /** All that was added before is handed on. */
  async settle(): Promise<void> {
    this.flush();
    await this.working;
  }

  private get isCalm(): boolean {
    return this.emitted > CALM_AFTER;
  }

  private get batchMax(): number {
    return this.isCalm ? CALM_BATCH_MAX : BATCH_MAX;
  }

  private schedule(): void {
    if (this.timer) return;
    const pause = this.isCalm ? CALM_PAUSE_MS : PAUSE_MS;
    this.timer = setTimeout(() => this.flush(), Math.max(0, this.last + pause - Date.now()));
  }

  private flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const batch = this.pending;
    this.pending = [];
    if (batch.length === 0) return;
    this.working = this.working.then(() => this.handOn(batch));
  }

  private async handOn(batch: { cellId: string; part: OutputPart }[]): Promise<void> {
    let at = 0;
    while (at < batch.length) {
      const { cellId } = batch[at]!;
      const parts: OutputPart[] = [];
      for (; at < batch.length && batch[at]!.cellId === cellId; at++)
        parts.push(...(await this.prepare(cellId, batch[at]!.part)));
      this.emitted += parts.reduce((sum, part) => sum + sizeOf(part), 0);
      this.deliver.emit(cellId, parts);
    }
    this.last = Date.now();
  }

  private async prepare(cellId: string, part: OutputPart): Promise<OutputPart[]> {
    if (part.kind === 'stream') return this.continueStream(cellId, part.name, part.text);
    if (part.kind === 'update') return [{ ...part, data: await this.deliver.moveValues(part.data) }];
    if (part.kind === 'skipped') return [part];
    const closing = await this.closeStream(cellId);
    if (part.kind === 'data') return [...closing, { ...part, data: await this.deliver.moveValues(part.data) }];
    return [...closing, part];
  }

  private async continueStream(cellId: string, name: string, text: string): Promise<OutputPart[]> {
    const known = this.streams.get(cellId);
    const closing = known && known.shown.name !== name ? await this.closeStream(cellId) : [];
    if (!known && this.streams.size >= STREAMS_MAX) await this.close(this.streams.keys().next().value!);
    const stream = this.streams.get(cellId) ?? { shown: emptyStream(name), all: [], characters: 0 };
    this.streams.set(cellId, stream);
    if (stream.characters < ALL_MAX) stream.all.push(text.slice(0, ALL_MAX - stream.characters));
    stream.characters += text.length;
    const wasCut = stream.shown.tail !== '';
    const isNew = stream.shown.head === '';
    stream.shown = extend(stream.shown, text);
    if (stream.shown.tail === '') return [...closing, { kind: 'stream', name, text }];
    const { head, tail, leftOut } = shortenTail(stream.shown, LIVE_TAIL);
    const cut: OutputPart = {
      ...{ kind: 'cut', name, tail },
      leftOut: leftOut ?? { lines: 0, characters: 0 },
      ...(wasCut ? {} : { head }),
    };
    return [...closing, ...(isNew ? [{ kind: 'stream', name, text: '' } as const] : []), cut];
  }

  private async close(cellId: string): Promise<void> {
    const parts = await this.closeStream(cellId);
    if (parts.length > 0) this.deliver.emit(cellId, parts);
  }

  /** The whole tail of a stream that was cut, and where all of it lies. */
  private async closeStream(cellId: string): Promise<OutputPart[]> {
    const stream = this.streams.get(cellId);
    this.streams.delete(cellId);
    if (!stream || stream.shown.tail === '') return [];
    const { name, tail, leftOut } = shortenTail(stream.shown, TAIL_MAX);
    const kept = await this.deliver.keepText(stream.all.join(''));
    return [
      { kind: 'cut', name, tail, leftOut: leftOut ?? { lines: 0, characters: 0 } },
      ...(kept ? [{ kind: 'all', name, ...kept, isWhole: stream.characters <= ALL_MAX } as const] : []),
    ];
  }

  /** What comes after a clearing takes the place of all before it: what was cleared before it was told need not be told. */
  private dropCleared(cellId: string): void {
    const mine = this.pending.filter((one) => one.cellId === cellId);
    const last = mine.at(-1);
    const first = mine.find(({ part }) => part.kind === 'clear');
    if (last?.part.kind !== 'clear' || first === undefined || first === last) return;
    const from = this.pending.indexOf(first);
    this.pending = this.pending.filter(
      (one, i) => i < from || one.cellId !== cellId || one === last || one.part.kind === 'update',
    );
  }

  private dropUpdate(cellId: string, displayId: string): void {
    this.pending = this.pending.filter(
      (one) => one.cellId !== cellId || one.part.kind !== 'update' || one.part.displayId !== displayId,
    );
  }

  /** Leaves out one of those in the middle of the batch. */
  private skip(): void {
    const at = this.batchMax / 2;
    const { cellId, part } = this.pending[at]!;
    const next = this.pending.findIndex((one, i) => i > at && one.cellId === cellId && canSkip(one.part));
    if (next < 0 || (part.kind !== 'skipped' && !canSkip(part))) return;
    const count = part.kind === 'skipped' ? part.count + 1 : 2;
    this.pending[at] = { cellId, part: { kind: 'skipped', count } };
    this.pending.splice(next, 1);
  }
}

const canSkip = ({ kind }: OutputPart): boolean => kind === 'data' || kind === 'stream' || kind === 'error';

const sizeOf = (part: OutputPart): number =>
  part.kind === 'stream'
    ? part.text.length
    : part.kind === 'cut'
      ? part.tail.length
      : part.kind === 'data' || part.kind === 'update'
        ? JSON.stringify(part.data).length
        : 100;
