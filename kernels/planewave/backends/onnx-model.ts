/**
 * ONNX models of one matrix product of doubles, written as protocol-buffer bytes by hand: the format is a few tagged
 * fields (onnx.proto, IR version 8, operator set 13), no reason for a dependency. Inputs X and Y, output Z, any sizes.
 */
export function encodeProductModel(operator: 'MatMul' | 'Gemm with transposed Y'): Uint8Array {
  const isGemm = operator !== 'MatMul';
  const transposeY = bytesField(5, [...textField(1, 'transB'), ...integerField(3, 1), ...integerField(20, INT)]);
  const node = [
    ...textField(1, 'X'),
    ...textField(1, 'Y'),
    ...textField(2, 'Z'),
    ...textField(4, isGemm ? 'Gemm' : 'MatMul'),
    ...(isGemm ? transposeY : []),
  ];
  const graph = [
    ...bytesField(1, node),
    ...textField(2, 'product'),
    ...bytesField(11, matrix('X', 'rows', 'depth')),
    ...bytesField(11, isGemm ? matrix('Y', 'columns', 'depth') : matrix('Y', 'depth', 'columns')),
    ...bytesField(12, matrix('Z', 'rows', 'columns')),
  ];
  const operatorSet = [...textField(1, ''), ...integerField(2, 13)];
  return Uint8Array.from([...integerField(1, 8), ...bytesField(7, graph), ...bytesField(8, operatorSet)]);
}

/** AttributeProto.AttributeType.INT and TensorProto.DataType.DOUBLE. */
const INT = 2;
const DOUBLE = 11;

/** A ValueInfoProto: a tensor of doubles with two sizes known by name only. */
function matrix(name: string, ...sizes: string[]): number[] {
  const shape = sizes.flatMap((size) => bytesField(1, textField(2, size)));
  const tensor = bytesField(1, [...integerField(1, DOUBLE), ...bytesField(2, shape)]);
  return [...textField(1, name), ...bytesField(2, tensor)];
}

function integerField(field: number, value: number): number[] {
  return [...varint(field << 3), ...varint(value)];
}

function bytesField(field: number, bytes: number[]): number[] {
  return [...varint((field << 3) | 2), ...varint(bytes.length), ...bytes];
}

function textField(field: number, text: string): number[] {
  return bytesField(field, [...new TextEncoder().encode(text)]);
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
