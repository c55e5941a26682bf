import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepAddon } from '@/kernels/planewave/backends/koffi.native';
import { systemAvailable } from '@/kernels/planewave/backends/system.native';
import type { PlanewaveOutput } from '@/kernels/planewave/schema';
import { buildKernel } from '@/scripts/build-kernel.mjs';
import { silicon } from './run-engine';

const scratch = mkdtempSync(join(tmpdir(), 'brine-single-file-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('the built kernel alone in an empty folder', () => {
  const folder = join(scratch, 'alone');
  beforeAll(async () => {
    mkdirSync(folder);
    await buildKernel(join(folder, 'kernel.mjs'));
  });

  /** Runs it with nothing of this process's environment but what is given. */
  const run = (
    backend: 'system' | 'npm' | undefined,
    env: Record<string, string>,
    changes = {},
    flags: string[] = ['--quiet'],
  ) => {
    const input = {
      task: 'scf',
      structure: silicon,
      cutoffHartree: 6,
      kpoints: { mesh: [2, 2, 2] },
      threads: 2,
      backend,
      ...changes,
    };
    writeFileSync(join(folder, 'in.json'), JSON.stringify(input));
    const files = ['--input', 'in.json', '--output', 'out.json', ...flags];
    const { status, stderr } = spawnSync(process.execPath, ['kernel.mjs', 'planewave', ...files], {
      cwd: folder,
      env: env as NodeJS.ProcessEnv,
      encoding: 'utf8',
      timeout: 60_000,
    });
    return {
      status,
      stderr,
      output: () => JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')) as PlanewaveOutput,
    };
  };

  it('computes dispersion as well, and adds the same to its own energy', () => {
    const input = { structure: silicon, functional: 'pbe' };
    writeFileSync(join(folder, 'd3.json'), JSON.stringify(input));
    const { status } = spawnSync(
      process.execPath,
      ['kernel.mjs', 'dispersion', '--input', 'd3.json', '--output', 'd3-out.json'],
      { cwd: folder },
    );
    expect(status).toBe(0);
    const d3 = JSON.parse(readFileSync(join(folder, 'd3-out.json'), 'utf8')) as { energyHartree: number };
    expect(d3.energyHartree).toBeLessThan(-0.001);
    const plain = run(undefined, { HOME: folder }).output();
    const corrected = run(undefined, { HOME: folder }, { dispersion: 'd3bj' }).output();
    expect(corrected.energyHartree! - plain.energyHartree!).toBeCloseTo(d3.energyHartree, 9);
    expect(corrected.termsHartree!.dispersion).toBeCloseTo(d3.energyHartree, 12);
  });

  it("uses the system's libraries where the machine has them", async () => {
    const { status, stderr, output } = run('system', { HOME: folder });
    if (!(await systemAvailable())) {
      expect(status).toBe(2);
      expect(stderr).toContain('FFTW');
      return;
    }
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(output().resolved.backend).toContain('OpenBLAS');
    expect(output().resolved.threads).toBe(2);
  });

  it('ends where a single k-point leaves nothing to the thread that was started for it', () => {
    const { status, output } = run(undefined, { HOME: folder }, { kpoints: { mesh: [1, 1, 1] } });
    expect(status).toBe(0);
    expect(output().resolved.threads).toBe(1);
  });

  it('gives the same energy with one thread and with two', () => {
    const energies = [1, 2].map((threads) => run(undefined, { HOME: folder }, { threads }).output().energyHartree);
    expect(energies[1]).toBeCloseTo(energies[0]!, 9);
  });

  it('tells where the time went, for each thread', () => {
    const { stderr } = run(undefined, { HOME: folder }, {}, ['--quiet', '--profile']);
    expect(stderr).toContain('thread 1');
    expect(stderr).toMatch(/fft +\d+\.\d+ +\d+\.\d+/);
  });

  it('says so and ends, its threads too, where a package or a file is missing', () => {
    const npm = run('npm', { HOME: folder });
    expect(npm.status).toBe(2);
    expect(npm.stderr).toContain('onnxruntime-node');
    const file = run(undefined, { HOME: folder }, { externalPotential: { npy: 'nowhere.npy' } });
    expect(file.status).toBe(2);
    expect(file.stderr).toContain('nowhere.npy');
  });

  it('keeps its compiled form for the next run, and compiles anew where that was altered', () => {
    const cache = join(scratch, 'cache');
    const home = { HOME: folder, XDG_CACHE_HOME: cache };
    const first = run(undefined, home).output().energyHartree;
    const kept = join(cache, `brine-kernel-${process.getuid?.() ?? 'user'}`);
    const find = () => join(kept, readdirSync(kept).find((name) => name.startsWith('code-'))!);
    const whole = readFileSync(find());
    expect(statSync(find()).mode & 0o077).toBe(0);
    const before = statSync(find()).mtimeMs;
    expect(run(undefined, home).output().energyHartree).toBeCloseTo(first!, 10);
    expect(statSync(find()).mtimeMs).toBe(before);
    const altered = Buffer.from(whole);
    altered[altered.length >> 1]! ^= 255;
    writeFileSync(find(), altered);
    const { status, stderr, output } = run(undefined, home);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(output().energyHartree).toBeCloseTo(first!, 10);
    expect(readFileSync(find()).equals(altered)).toBe(false);
  });

  it('uses wasm, without a word, where it can keep no addon', () => {
    const { status, stderr, output } = run(undefined, { HOME: '/dev/null', TMPDIR: '/dev/null' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(output().resolved.backend).toContain('WebAssembly');
  });
});

describe('keeping an addon', () => {
  const code = Buffer.from('as if compiled');
  const addon = {
    platform: 'any',
    sha256: createHash('sha256').update(code).digest('hex'),
    readBrotli: () => brotliCompressSync(code),
  };
  const place = (name: string) => {
    const folder = join(scratch, name);
    mkdirSync(folder);
    return folder;
  };
  const own = (folder: string) => join(folder, `brine-kernel-${process.getuid?.() ?? 'user'}`);

  it('writes it to a private folder, once', () => {
    const folder = place('fresh');
    const path = keepAddon(addon, folder);
    const { ino } = statSync(path);
    expect(readFileSync(path)).toEqual(code);
    expect(statSync(own(folder)).mode & 0o777).toBe(0o700);
    expect(statSync(keepAddon(addon, folder)).ino).toBe(ino);
  });

  it('replaces a file that was altered', () => {
    const folder = place('altered');
    writeFileSync(keepAddon(addon, folder), 'something else');
    expect(readFileSync(keepAddon(addon, folder))).toEqual(code);
  });

  it('takes no folder that others can change', () => {
    const folder = place('open');
    mkdirSync(own(folder));
    chmodSync(own(folder), 0o777);
    expect(() => keepAddon(addon, folder)).toThrow('not private');
  });

  it('takes no link in place of the folder', () => {
    const folder = place('linked');
    symlinkSync(place('elsewhere'), own(folder));
    expect(() => keepAddon(addon, folder)).toThrow('not private');
  });

  it('loads nothing whose hash is wrong', () => {
    expect(() => keepAddon({ ...addon, sha256: '0'.repeat(64) }, place('wrong'))).toThrow('is not what was written');
  });
});
