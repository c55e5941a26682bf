import { type Comm, commSchema } from '@/server/schemas/notebook/comms';

/** How a frame and the page talk about comms: `{brineComm: {type, commId, target, data}}`, both ways. */
export interface FrameComms {
  /** What a frame said; what is no message of comms is left alone. */
  hear(said: unknown): void;
  end(): void;
}

interface Link {
  send(comm: Comm): void;
  /** Gives what ends it. */
  listen(hear: (comm: Comm) => void): () => void;
  post(message: { brineComm: Comm }): void;
}

/** Comms that one frame may have open. */
const COMMS_MAX = 50;

/** A frame hears only of the comms that it opened, and of those that the kernel opened for a target that the frame named. */
export function frameComms({ send, listen, post }: Link): FrameComms {
  const open = new Set<string>();
  const targets = new Set<string>();
  const end = listen((comm) => {
    if (comm.type === 'open' && targets.has(comm.target)) open.add(comm.commId);
    if (!open.has(comm.commId)) return;
    post({ brineComm: comm });
    if (comm.type === 'close') open.delete(comm.commId);
  });
  return {
    hear(said) {
      const { brineComm, brineTarget } = (said ?? {}) as { brineComm?: unknown; brineTarget?: unknown };
      if (typeof brineTarget === 'string' && targets.size < COMMS_MAX) targets.add(brineTarget);
      const { data: comm } = commSchema.safeParse(brineComm);
      if (!comm) return;
      if (comm.type === 'open' && open.size < COMMS_MAX) open.add(comm.commId);
      if (!open.has(comm.commId)) return;
      if (comm.type === 'close') open.delete(comm.commId);
      send(comm);
    },
    end() {
      for (const commId of open) send({ type: 'close', commId, data: {} });
      end();
    },
  };
}
