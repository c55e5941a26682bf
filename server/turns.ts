/** Lets so many act at a time; the others wait in the order in which they came. */
export class Turns {
  private taken = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly max: number) {}

  async take<Value>(act: () => Promise<Value>): Promise<Value> {
    const leave = await this.enter();
    try {
      return await act();
    } finally {
      leave();
    }
  }

  /** Resolves when there is room, with what gives the place up; called again that does nothing. */
  async enter(): Promise<() => void> {
    if (this.taken < this.max) this.taken += 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      // Who waits takes the place over: nobody comes between.
      const next = this.waiting.shift();
      if (next) next();
      else this.taken -= 1;
    };
  }
}
