import { whyNoBubblewrap } from './bubblewrap';
import { hasLimits, type Limits } from './launch';
import { canWatchMemory } from './memory-watch';

/** One thing that could hold a runtime, whether it does here, and a sentence for the person. */
export interface Confinement {
  topic: 'files' | 'processes' | 'network' | 'memory' | 'processor';
  isHeld: boolean;
  text: string;
}

const gib = (bytes: number) => `${Number((bytes / 1024 ** 3).toFixed(1))} GiB`;

/** What holds a runtime on this machine. Says no more than is so. */
export function confinementOf(limits: Limits): Confinement[] {
  const whyNot = whyNoBubblewrap();
  return [
    whyNot === null
      ? {
          topic: 'files',
          isHeld: true,
          text: 'Code here writes to its own folder alone, reads the system’s programs, and does not see other files of this machine or the platform’s data.',
        }
      : {
          topic: 'files',
          isHeld: false,
          text: `Code here can read and change what the user who runs the platform can: ${whyNot}`,
        },
    whyNot === null
      ? { topic: 'processes', isHeld: true, text: 'It sees its own processes only.' }
      : { topic: 'processes', isHeld: false, text: 'It sees the processes of this machine.' },
    { topic: 'network', isHeld: false, text: 'The network is that of this machine: nothing keeps code from using it.' },
    hasLimits() && canWatchMemory()
      ? {
          topic: 'memory',
          isHeld: true,
          text: `It may hold ${gib(limits.memoryBytes)} of memory; a kernel that takes more is ended.`,
        }
      : { topic: 'memory', isHeld: false, text: 'Nothing limits its memory on this system.' },
    limits.cpuSeconds && hasLimits()
      ? { topic: 'processor', isHeld: true, text: `A process of it may compute for ${limits.cpuSeconds} s.` }
      : { topic: 'processor', isHeld: false, text: 'It may use all cores, for as long as it runs.' },
  ];
}
