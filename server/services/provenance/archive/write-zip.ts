import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

export interface NewFile {
  path: string;
  bytes: Buffer;
}

const deflate = promisify(deflateRaw);
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
const STORED = 0;
/** Unix, as the maker of the attributes; a plain file that its owner writes and all read. */
const MADE_BY_UNIX = 0x031e;
const PLAIN_FILE = 0o100644 << 16;
/** 1 January 1980, the first day there is: the same content gives the same archive. */
const DATE = 0x0021;

/** A zip archive of the 32-bit kind (PKWARE APPNOTE 6.3), as it streams out. The caller keeps below 4 GB and 65,535 files. */
export async function* writeZip(files: AsyncIterable<NewFile>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { path, bytes } of files) {
    const name = Buffer.from(path);
    const packed = (await deflate(bytes)) as Buffer;
    const isSmaller = packed.length < bytes.length;
    const body = isSmaller ? packed : bytes;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(UTF8_NAMES, 2);
    common.writeUInt16LE(isSmaller ? DEFLATED : STORED, 4);
    common.writeUInt16LE(DATE, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(body.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(MADE_BY_UNIX, 4);
    common.copy(entry, 6);
    entry.writeUInt32LE(PLAIN_FILE >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, name);
    for (const part of [Buffer.from('PK\x03\x04', 'latin1'), common, name, body]) {
      offset += part.length;
      yield part;
    }
  }
  const listing = Buffer.concat(directory);
  yield listing;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length / 2, 8);
  end.writeUInt16LE(directory.length / 2, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  yield end;
}
