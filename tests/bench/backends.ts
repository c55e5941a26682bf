import type { Backend } from '@/kernels/planewave/backends/backend';
import { openBackend } from '@/kernels/planewave/backends/open.native';

/** Prints the times of each back end on transforms, products and eigenproblems, and their ratio to the fastest. */
export async function run(): Promise<void> {
  const backends: Backend[] = [];
  for (const id of ['wasm', 'npm', 'system'] as const) {
    const backend = await openBackend(id).catch((err: Error) => console.log(`${id}: ${err.message}`));
    if (backend) backends.push(backend);
  }
  for (const { id, description } of backends) console.log(`${id}: ${description}`);
  for (const [name, prepare] of Object.entries(measurements())) {
    const times: number[] = [];
    for (const backend of backends) times.push(await bestMs(prepare(backend)));
    const fastest = Math.min(...times);
    const cells = times.map((ms, i) => `${backends[i]!.id} ${ms.toFixed(3)} ms (${(ms / fastest).toFixed(2)})`);
    console.log(`${name.padEnd(34)} ${cells.join('   ')}`);
  }
  for (const backend of backends) backend.dispose();
}

type Work = () => void | Promise<void>;

function measurements(): Record<string, (backend: Backend) => Work> {
  const list: Record<string, (backend: Backend) => Work> = {};
  for (const n of [32, 48, 75]) {
    list[`fft ${n}^3`] = (backend) => {
      const plan = backend.planFft([n, n, n]);
      const data = waves(2 * n ** 3);
      return () => plan.forward(data.fill(1));
    };
    list[`potential on a sphere, ${n}^3, a band`] = (backend) => {
      const indices = sphereIndices(n);
      const sphere = backend.planFft([n, n, n]).sphere(indices);
      const [psi, out, potential] = [waves(2 * indices.length), new Float64Array(2 * indices.length), waves(n ** 3)];
      return () => sphere.applyPotential(potential, psi, 1, out);
    };
  }
  for (const [opA, m, n, k] of [
    ['C', 16, 16, 700],
    ['C', 60, 60, 4000],
    ['C', 200, 200, 2000],
    ['N', 700, 16, 16],
    ['N', 4000, 60, 60],
    ['N', 2000, 200, 200],
  ] as const) {
    list[`product ${opA}N ${m} x ${n} x ${k}`] = (backend) => {
      const [A, B, C] = [waves(2 * m * k), waves(2 * k * n), new Float64Array(2 * m * n)];
      return () => backend.gemm(opA, 'N', m, n, k, A, B, C);
    };
  }
  for (const n of [20, 100, 300]) {
    list[`eigenproblem ${n}`] = (backend) => {
      const A = hermitian(n);
      return async () => {
        await backend.eigh(n, A);
      };
    };
  }
  return list;
}

/** The least time of one call, over half a second. */
async function bestMs(work: Work): Promise<number> {
  await work();
  let best = Number.POSITIVE_INFINITY;
  const end = performance.now() + 500;
  do {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  } while (performance.now() < end);
  return best;
}

function waves(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => Math.sin(1 + 0.37 * i));
}

function hermitian(n: number): Float64Array {
  const A = new Float64Array(2 * n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const [re, im] = [Math.sin(1 + i * 7.1 + j * 3.3), i === j ? 0 : Math.cos(2 + i * 1.7 + j * 5.9)];
      A.set([re, im], 2 * (j * n + i));
      A.set([re, -im], 2 * (i * n + j));
    }
  }
  return A;
}

/** Plane waves within a quarter of the grid's length: the grid holds their products. */
function sphereIndices(n: number): Int32Array {
  const radius = n / 4;
  const indices: number[] = [];
  for (let i = -Math.ceil(radius); i <= radius; i++) {
    for (let j = -Math.ceil(radius); j <= radius; j++) {
      for (let k = -Math.ceil(radius); k <= radius; k++) {
        if (Math.hypot(i, j, k) < radius) indices.push((((i + n) % n) * n + ((j + n) % n)) * n + ((k + n) % n));
      }
    }
  }
  return Int32Array.from(indices);
}
