import type { Comm } from '@/server/schemas/notebook/comms';

/** Of one kernel in a second; what is more is dropped, so that a loop floods no page. */
const PER_SECOND = 200;

/** Lets messages of comms through to pages, so many in a second. They are told to who is there and kept nowhere. */
export class CommGate {
  private second = 0;
  private count = 0;

  constructor(private readonly pass: (comm: Comm) => void) {}

  hear(comm: Comm): void {
    const second = Math.floor(Date.now() / 1000);
    if (second !== this.second) this.count = 0;
    this.second = second;
    if (this.count++ < PER_SECOND) this.pass(comm);
  }
}
