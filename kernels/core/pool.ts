/**
 * Workers that answer named calls with plain data: threads in Node, web workers in a browser, or the calling thread itself.
 * Calls to one worker are answered in order.
 */
export interface WorkerPool {
  readonly size: number;
  call<Result>(worker: number, method: string, payload: unknown): Promise<Result>;
  close(): Promise<void>;
}

/** What a worker answers: one async function a method. */
export type WorkerService = Record<string, (payload: never) => Promise<unknown>>;

/** A pool of one, in the calling thread. */
export function createLocalPool(service: WorkerService): WorkerPool {
  return {
    size: 1,
    async call<Result>(_worker: number, method: string, payload: unknown) {
      return (await service[method]!(payload as never)) as Result;
    },
    async close() {},
  };
}
