import { parseArguments } from '../arguments';
import type { Command } from '../command';
import { runPlatform } from '../platform/run-platform';

export const start: Command = {
  summary: 'start the platform and keep it running until Ctrl-C',
  usage: `usage: brine start

Starts PostgreSQL (or uses DATABASE_URL), the web and the worker, and prints the address.
  PORT          port of the web, 3000 by default; a busy one moves to the next
  HOST          a loopback address, 127.0.0.1 by default
  BRINE_DATA    folder of the data, .brine by default
  DATABASE_URL  a PostgreSQL of your own`,
  run: (args) => {
    parseArguments(args, {}, false);
    return runPlatform();
  },
};
