import type { TestProject } from 'vitest/node';
import { makeDataFolder, removeDataFolder, startPlatform } from './platform';

export interface SharedPlatform {
  dataFolder: string;
  origin: string;
  address: string;
  key: string;
  pid: number;
}

declare module 'vitest' {
  export interface ProvidedContext {
    platform: SharedPlatform;
  }
}

/** One platform for all end-to-end tests that do not stop it: started as a person starts it, with silicon computed at first. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = makeDataFolder();
  const { dataFolder, origin, address, key, pid, end } = await startPlatform({ dataFolder: folder });
  project.provide('platform', { dataFolder, origin, address, key, pid });
  return async () => {
    await end('SIGINT');
    await removeDataFolder(folder);
  };
}
