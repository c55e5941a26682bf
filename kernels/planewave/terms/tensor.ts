import type { Matrix3, Vector3 } from '../basis/lattice';

/** A cartesian 3 x 3 tensor: derivatives by strain. */
export type Tensor = Matrix3;

export const zeroTensor = (): Tensor => [
  [0, 0, 0],
  [0, 0, 0],
  [0, 0, 0],
];

/** tensor += factor v v^T */
export function addToTensor(tensor: Tensor, v: readonly [number, number, number], factor: number): void {
  for (let a = 0; a < 3; a++) for (let b = 0; b < 3; b++) tensor[a]![b]! += factor * v[a]! * v[b]!;
}

/** tensor += value on the diagonal */
export function addToDiagonal(tensor: Tensor, value: number): void {
  for (let a = 0; a < 3; a++) tensor[a]![a]! += value;
}

export function sumTensors(tensors: readonly Tensor[]): Tensor {
  const sum = zeroTensor();
  for (const tensor of tensors) for (let a = 0; a < 3; a++) for (let b = 0; b < 3; b++) sum[a]![b]! += tensor[a]![b]!;
  return sum;
}

export const zeroVectors = (count: number): Vector3[] => Array.from({ length: count }, (): Vector3 => [0, 0, 0]);

export function sumVectors(lists: readonly (readonly Vector3[])[]): Vector3[] {
  return lists[0]!.map(
    (_, i) => [0, 1, 2].map((axis) => lists.reduce((sum, list) => sum + list[i]![axis]!, 0)) as Vector3,
  );
}
