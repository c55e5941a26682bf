import { mkdirSync, mkdtempSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { logger } from '@/server/log';
import { isConfined } from './launch';
import { type OnExit, type OnMessage, Runtime, type RuntimeOptions } from './runtime';

interface Warm {
  /** What a notebook must ask for to get it. */
  key: string;
  folder: string;
  runtime: Promise<Runtime | null>;
  isDead: boolean;
}

/** The kernel of the notebook that has just been opened has the machine for itself that long. */
const WARM_AFTER_MS = 2_000;

/**
 * Starts runtimes, and keeps one waiting of the kernel that was used last: a new notebook gets it at once. Its folder is
 * moved to where the notebook's belongs, which its sandbox does not notice; so it is for notebooks whose folder is still
 * empty, and where there is a sandbox. Others start their own.
 */
export class RuntimePool {
  #warm: Warm | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  /** `folder`: where those that wait have theirs, on the disk of the notebooks' folders. What an earlier process left there is removed. */
  constructor(readonly folder: string) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  async start(options: RuntimeOptions, onMessage: OnMessage, onExit: OnExit): Promise<Runtime> {
    const runtime =
      (await this.#takeWarm(options, onMessage, onExit)) ?? (await Runtime.start(options, onMessage, onExit));
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.warm(options), WARM_AFTER_MS);
    this.#timer.unref();
    return runtime;
  }

  /** Has one waiting of that kernel with those limits, and of no other. */
  warm(options: Omit<RuntimeOptions, 'folder' | 'environment'>): void {
    const key = keyOf(options);
    if (this.#isClosed || !isConfined() || !options.spec.setEnvironment) return;
    if (this.#warm?.key === key && !this.#warm.isDead) return;
    void this.#discard(this.#warm);
    const { spec, limits, readable } = options;
    const folder = mkdtempSync(join(this.folder, 'warm-'));
    const warm: Warm = { key, folder, isDead: false, runtime: Promise.resolve(null) };
    const end = () => {
      warm.isDead = true;
    };
    warm.runtime = Runtime.start({ spec, limits, readable, folder, environment: {} }, () => undefined, end).catch(
      (err) => {
        end();
        logger.warn({ err, kernel: spec.name }, 'no kernel waits for the next notebook');
        return null;
      },
    );
    this.#warm = warm;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#discard(this.#warm);
  }

  async #takeWarm(options: RuntimeOptions, onMessage: OnMessage, onExit: OnExit): Promise<Runtime | null> {
    const warm = this.#warm;
    if (!warm || warm.isDead || warm.key !== keyOf(options) || !makeRoom(options.folder)) return null;
    this.#warm = null;
    try {
      const runtime = await warm.runtime;
      if (!runtime) throw new Error('it did not start');
      renameSync(warm.folder, options.folder);
      await runtime.adopt(options, onMessage, onExit);
      return runtime;
    } catch (err) {
      logger.warn({ err }, 'the kernel that waited could not be used');
      void this.#discard(warm);
      return null;
    }
  }

  async #discard(warm: Warm | null): Promise<void> {
    if (!warm) return;
    if (this.#warm === warm) this.#warm = null;
    await (await warm.runtime)?.shutdown();
    rmSync(warm.folder, { recursive: true, force: true });
  }
}

const keyOf = ({ spec, limits, readable }: Omit<RuntimeOptions, 'folder' | 'environment'>) =>
  JSON.stringify([spec.name, spec.argv, spec.environment, limits, readable ?? []]);

/** Whether a folder may be put there: nothing stands in its place, or an empty one, which goes. */
function makeRoom(folder: string): boolean {
  try {
    mkdirSync(dirname(folder), { recursive: true });
    rmdirSync(folder);
    return true;
  } catch (err) {
    return (err as NodeJS.ErrnoException).code === 'ENOENT';
  }
}
