import { isRunning } from '@/server/computers/local/process-identity';
import { parseArguments } from '../arguments';
import { CliError } from '../cli-error';
import type { Command } from '../command';
import { readPlatform } from '../platform/platform-file';

const STOP_MAX_MS = 60_000;

export const stop: Command = {
  summary: 'stop the platform that runs in this folder',
  usage: 'usage: brine stop\n\nJobs that run write a checkpoint and go on at the next start.',
  async run(args) {
    parseArguments(args, {}, false);
    const platform = readPlatform();
    if (!platform) {
      console.error('The platform does not run in this folder.');
      return 0;
    }
    process.kill(platform.starter.pid, 'SIGTERM');
    const deadline = Date.now() + STOP_MAX_MS;
    while (isRunning(platform.starter)) {
      if (Date.now() > deadline)
        throw new CliError(`The platform (process ${platform.starter.pid}) did not end within 60 s.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return 0;
  },
};
