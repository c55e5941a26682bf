import { afterEach, describe, expect, it, vi } from 'vitest';
import { openBackend } from '@/kernels/planewave/backends/open.native';
import { systemAvailable } from '@/kernels/planewave/backends/system.native';
import { eachBackend } from './each-backend';
import { maxDifference, randomNumbers } from './numbers';

describe('opening a back end', () => {
  afterEach(() => {
    vi.doUnmock('koffi');
    vi.doUnmock('onnxruntime-node');
    vi.resetModules();
  });

  it('gives the one asked for', async () => {
    const backend = await openBackend('wasm');
    expect(backend.id).toBe('wasm');
    backend.dispose();
  });

  it("prefers the system's libraries without a wish", async () => {
    const backend = await openBackend(undefined);
    expect(backend.id).toBe((await systemAvailable()) ? 'system' : 'wasm');
    backend.dispose();
  });

  it('says what to install where packages are absent, and falls back to wasm without a wish', async () => {
    const absent = () => {
      throw new Error('Cannot find package');
    };
    vi.resetModules();
    vi.doMock('koffi', absent);
    vi.doMock('onnxruntime-node', absent);
    const { openBackend: open } = await import('@/kernels/planewave/backends/open.native');
    await expect(open('system')).rejects.toMatchObject({
      code: 'BACKEND_UNAVAILABLE',
      message: expect.stringContaining('libfftw3-double3'),
    });
    await expect(open('npm')).rejects.toMatchObject({
      code: 'BACKEND_UNAVAILABLE',
      message: expect.stringContaining('onnxruntime-node'),
    });
    const backend = await open(undefined);
    expect(backend.id).toBe('wasm');
    backend.dispose();
  });
});

eachBackend('an open back end', (backend) => {
  it('names itself and what stands behind it', () => {
    expect(backend().description.length).toBeGreaterThan(5);
  });

  it('is not disturbed by another that opens, works and closes', async () => {
    const plan = backend().planFft([12, 10, 15]);
    const data = randomNumbers(3600, 1);
    const before = data.slice();
    plan.forward(before);
    const other = await openBackend(backend().id);
    other.planFft([12, 10, 15]).forward(randomNumbers(3600, 2));
    await other.eigh(1, Float64Array.of(2, 0));
    other.dispose();
    const after = data.slice();
    plan.forward(after);
    expect(maxDifference(after, before)).toBe(0);
  });

  it('refuses work after it was disposed of', async () => {
    const other = await openBackend(backend().id);
    const plan = other.planFft([4, 4, 4]);
    const sphere = plan.sphere(Int32Array.of(0, 1));
    plan.forward(new Float64Array(128));
    other.dispose();
    const data = new Float64Array(128);
    expect(() => other.planFft([4, 4, 4])).toThrow(/disposed/);
    expect(() => plan.forward(data)).toThrow(/disposed/);
    expect(() => sphere.toGrid(new Float64Array(4), data)).toThrow(/disposed/);
    await expect(other.gemm('N', 'N', 1, 1, 1, data, data, new Float64Array(2))).rejects.toThrow(/disposed/);
    await expect(other.eigh(1, data)).rejects.toThrow(/disposed/);
  });
});
