import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CliError } from './cli-error';

/** Node's parser, with its complaints as bad input. */
export function parseArguments<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
  allowPositionals = true,
) {
  try {
    return parseArgs({ args, options, allowPositionals, strict: true });
  } catch (err) {
    throw new CliError(err instanceof Error ? err.message : String(err), 2);
  }
}

/** A path as the person typed it, from the folder in which they stand. */
export const userPath = (path: string) => resolve(process.env.BRINE_CALLED_FROM ?? process.cwd(), path);

/** `-` is standard input. */
export function readUserFile(path: string): Buffer {
  try {
    return readFileSync(path === '-' ? 0 : userPath(path));
  } catch (err) {
    throw new CliError(`${path} cannot be read: ${(err as Error).message}`, 2);
  }
}

export function writeUserFile(path: string, text: string): void {
  try {
    writeFileSync(userPath(path), text);
  } catch (err) {
    throw new CliError(`${path} cannot be written: ${(err as Error).message}`);
  }
}

export const printJson = (value: unknown) => process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
