import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bubblewrapArguments } from '@/server/runtime/jupyter/bubblewrap';
import { temporaryFolder } from './kernel';

/** Paths that a sandbox for this program can see beside the system's. */
function visibleFor(program: string): string[] {
  const argv = bubblewrapArguments({
    argv: [program],
    folder: '/f',
    kernelFolder: '/k',
    temporaryFolder: '/t',
    sharedMemoryFolder: '/s',
    readable: [],
  });
  return argv.flatMap((word, at) => (word === '--ro-bind' ? [argv[at + 1]!] : []));
}

function installProgram(...folders: string[]): { program: string; installation: string } {
  const installation = temporaryFolder();
  for (const folder of folders) mkdirSync(join(installation, folder));
  const program = join(installation, folders[0]!, 'tool');
  writeFileSync(program, '');
  return { program, installation };
}

test('a program of the system shows nothing more, wherever the system puts its links', () => {
  for (const program of ['/bin/sh', '/usr/bin/env', 'no-path', '/absent/bin/tool'])
    expect(visibleFor(program)).toEqual([]);
});

test('a program of an environment shows that environment, and the one that it links to', () => {
  const python = installProgram('bin', 'lib');
  expect(visibleFor(python.program)).toEqual([python.installation]);
  const environment = temporaryFolder();
  mkdirSync(join(environment, 'bin'));
  mkdirSync(join(environment, 'lib'));
  symlinkSync(python.program, join(environment, 'bin', 'python'));
  expect(visibleFor(join(environment, 'bin', 'python'))).toEqual([environment, python.installation]);
});

test('a program that merely lies somewhere shows itself alone, a home’s bin too', () => {
  const lone = installProgram('tools', 'lib');
  expect(visibleFor(lone.program)).toEqual([lone.program]);
  const own = installProgram('bin', 'lib');
  const home = process.env.HOME;
  process.env.HOME = own.installation;
  expect(visibleFor(own.program)).toEqual([own.program]);
  process.env.HOME = home;
});
