import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeText } from '@/kernels/crystal/formats/decode-text';
import { readStructure } from '@/kernels/crystal/formats/read-structure';

// UTF-16, as some editors save, was called binary; packed files, PDFs and pages from the web got a reason that helps nobody;
// the command line took bytes of any kind for text; a count of atoms with ten digits was called no number.

const poscar = ['silicon', '1', '4 0 0', '0 4 0', '0 0 4', 'Si', '1', 'Direct', '0 0 0'].join('\n');
const withMark = (bytes: Buffer, mark: number[]) => Buffer.concat([Buffer.from(mark), bytes]);

test('text in UTF-16 is read, in both byte orders', () => {
  const little = Buffer.from(poscar, 'utf16le');
  expect(readStructure(decodeText(withMark(little, [0xff, 0xfe]))).structure.sites).toHaveLength(1);
  const big = Buffer.from(little).swap16();
  expect(readStructure(decodeText(withMark(big, [0xfe, 0xff]))).structure.sites).toHaveLength(1);
});

test('what is packed, a document or binary is called what it is', () => {
  const refuse = (bytes: Buffer) => () => decodeText(bytes);
  expect(refuse(gzipSync(poscar))).toThrow(/compressed \(gzip\)\. Unpack it/);
  expect(refuse(Buffer.from('PK\x03\x04...'))).toThrow(/archive \(zip\)/);
  expect(refuse(Buffer.from('%PDF-1.7\n'))).toThrow(/This is a PDF/);
  expect(refuse(Buffer.from(`${'# '.repeat(5000)}\0`))).toThrow(/binary file/);
  expect(() => readStructure('<!doctype html><html></html>', 'page.cif')).toThrow(/web page/);
});

test('a number of atoms beyond all bounds is called too many', () => {
  expect(() => readStructure('1000000000\n\nSi 0 0 0\n')).toThrow(/1000000000 atoms are more than/);
});

test('labels of sites lose what cannot be stored or shown', () => {
  const site = { element: 'Si', fractional: [0, 0, 0], label: 'S\u0000i\u202e1\ud800' };
  const text = JSON.stringify({
    cellAngstrom: [
      [4, 0, 0],
      [0, 4, 0],
      [0, 0, 4],
    ],
    sites: [site],
  });
  expect(readStructure(text).structure.sites[0]!.label).toBe('Si1');
});
