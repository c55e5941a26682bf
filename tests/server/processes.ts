import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface SeenProcess {
  pid: number;
  parent: number;
  command: string;
  /** `NAME=value`, each ended by a zero byte. */
  environment: string;
}

/** The processes of this machine, but ours, whose command, environment or folder names one of these places. */
export function processesOf(places: string[]): SeenProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        const read = (file: string) => readFileSync(`/proc/${name}/${file}`, 'latin1');
        const [command, environment] = [read('cmdline').replaceAll('\0', ' ').trim(), read('environ')];
        const told = [command, environment, readlinkSync(`/proc/${name}/cwd`)];
        // Without a command it is over, and waits for its parent to hear of it.
        if (command === '' || !places.some((place) => told.some((text) => text.includes(place)))) return [];
        return [{ pid: Number(name), parent: parentOf(read('stat')), command, environment }];
      } catch {
        // It is gone, or nobody may look.
        return [];
      }
    });
}

const parentOf = (stat: string) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
