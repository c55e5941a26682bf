const tails = new Map<string, Promise<unknown>>();

/** One request at a time to each server, in order; others do not wait for it. */
export function inTurn<Value>(host: string, act: () => Promise<Value>): Promise<Value> {
  const turn = (tails.get(host) ?? Promise.resolve()).then(act);
  const tail = turn
    .catch(() => undefined)
    .then(() => {
      if (tails.get(host) === tail) tails.delete(host);
    });
  tails.set(host, tail);
  return turn;
}
