import { deflateRawSync, gzipSync } from 'node:zlib';

export interface TestFile {
  path: string;
  bytes: Buffer;
  /** Of tar: `0` is a file, `2` a symbolic link. */
  kind?: string;
  /** Mode of Unix in a zip. */
  mode?: number;
  /** What the list says, where it lies. */
  toldBytes?: number;
}

/** A tar archive; the test makes its own, so that it can also make wrong ones. */
export function makeTar(files: TestFile[]): Buffer {
  const blocks = files.flatMap(({ path, bytes, kind = '0' }) => {
    const header = Buffer.alloc(512);
    header.write(path, 0, 100);
    header.write('0000600\0', 100);
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write(kind, 156);
    header.write('ustar\x0000', 257);
    header.fill(' ', 148, 156);
    header.write(
      `${header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
    );
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

export const makeTarGz = (files: TestFile[]) => gzipSync(makeTar(files));

export function makeZip(files: TestFile[]): Buffer {
  const locals: Buffer[] = [];
  const list: Buffer[] = [];
  let offset = 0;
  for (const { path, bytes, mode = 0o100644, toldBytes = bytes.length } of files) {
    const packed = deflateRawSync(bytes);
    const name = Buffer.from(path);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt8(3, 5);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(toldBytes, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(mode * 65_536, 38);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, name, packed);
    list.push(entry, name);
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
