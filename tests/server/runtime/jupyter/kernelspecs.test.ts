import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findKernelspec, findKernelspecs } from '@/server/runtime/jupyter/kernelspecs';

const python = {
  argv: ['python3', '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
  display_name: 'Python 3',
  language: 'Python',
};

function folderOf(specs: Record<string, unknown>): string {
  const folder = mkdtempSync(join(tmpdir(), 'brine-kernelspecs-'));
  for (const [name, spec] of Object.entries(specs)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'kernel.json'), typeof spec === 'string' ? spec : JSON.stringify(spec));
  }
  return folder;
}

test('TypeScript is there though nothing is installed', () => {
  const [deno, ...others] = findKernelspecs([]);
  expect(deno).toMatchObject({
    name: 'deno',
    language: 'typescript',
    displayName: 'TypeScript (Deno)',
    interruptMode: 'message',
  });
  expect(others).toEqual([]);
});

test('installed kernels follow, and a broken one hides none', () => {
  const folder = folderOf({
    broken: '{"argv": [',
    empty: { ...python, argv: [] },
    python3: python,
    r: { ...python, interrupt_mode: 'message', language: 'R' },
  });
  const [, ...found] = findKernelspecs([folder, join(folder, 'absent')]);
  expect(found.map(({ name, language, interruptMode }) => [name, language, interruptMode])).toEqual([
    ['python3', 'python', 'signal'],
    ['r', 'r', 'message'],
  ]);
  expect(found[0]!.folder).toBe(join(folder, 'python3'));
});

test('of two kernels with one name the first folder’s stays, and ours stays before all', () => {
  const first = folderOf({ python3: { ...python, display_name: 'mine' } });
  const second = folderOf({ python3: python, deno: { ...python, display_name: 'another' } });
  expect(findKernelspecs([first, second]).map(({ displayName }) => displayName)).toEqual(['TypeScript (Deno)', 'mine']);
});

test('a notebook finds its kernel by name, else by language', () => {
  const specs = findKernelspecs([folderOf({ python3: python })]);
  expect(findKernelspec('deno', undefined, specs)?.name).toBe('deno');
  expect(findKernelspec('conda-env-py', 'Python', specs)?.name).toBe('python3');
  expect(findKernelspec('julia-1.9', 'julia', specs)).toBeNull();
});
