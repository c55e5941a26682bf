import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { type ArchiveFile, type ArchiveRules, Gate } from './entries';

type Refuse = ArchiveRules['refuse'];

const inflate = promisify(inflateRaw);
const END_SIZE = 22;
const COMMENT_MAX = 65_535;
const STORED = 0;
const DEFLATED = 8;
/** The kind of file in the upper half of the attributes that Unix writes. */
const FILE_KIND = 0o170000;
const PLAIN = 0o100000;
const FOLDER = 0o040000;

/** The plain files of a zip archive, by its central directory. Links are refused, and so is what unpacks to more than it says. */
export async function* readZip(file: FileHandle): AsyncGenerator<ArchiveFile> {
  for (const { path, read } of await listZip(file)) yield { path, bytes: await read() };
}

export interface ZippedFile {
  path: string;
  bytes: number;
  read: () => Promise<Buffer>;
}

/** The same, each file read when it is asked for. */
export async function listZip(file: FileHandle, rules?: ArchiveRules): Promise<ZippedFile[]> {
  const gate = new Gate(rules);
  const { refuse } = gate.rules;
  const files: ZippedFile[] = [];
  for (const entry of await readDirectory(file, gate.rules)) {
    const kind = entry.mode & FILE_KIND;
    if (entry.path.endsWith('/') || kind === FOLDER) continue;
    if (kind !== 0 && kind !== PLAIN) throw refuse(`${entry.path.slice(0, 80)} is a link or a device, not a file`);
    const path = gate.admit(entry.path, entry.bytes);
    files.push({ path, bytes: entry.bytes, read: () => readEntry(file, entry, gate.rules) });
  }
  return files;
}

interface ZipEntry {
  path: string;
  mode: number;
  method: number;
  packedBytes: number;
  bytes: number;
  offset: number;
}

async function readAt(file: FileHandle, position: number, length: number, refuse: Refuse): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw refuse('it ends too early');
  return buffer;
}

async function readDirectory(file: FileHandle, { refuse, files }: ArchiveRules): Promise<ZipEntry[]> {
  const { size } = await file.stat();
  const length = Math.min(size, END_SIZE + COMMENT_MAX);
  const tail = await readAt(file, size - length, length, refuse);
  const at = tail.lastIndexOf('PK\x05\x06', tail.length - END_SIZE, 'latin1');
  if (at < 0) throw refuse('it is no zip archive, or a damaged one');
  const count = tail.readUInt16LE(at + 10);
  const directoryBytes = tail.readUInt32LE(at + 12);
  const offset = tail.readUInt32LE(at + 16);
  if (count === 0xffff || offset === 0xffffffff)
    throw refuse('it is a zip archive of the 64-bit kind; pack it as tar.gz');
  if (count > files) throw refuse(`it holds more than ${files} files`);
  if (directoryBytes > 16 * 1024 ** 2) throw refuse('its list of files is too long');
  const directory = await readAt(file, offset, directoryBytes, refuse);
  const entries: ZipEntry[] = [];
  for (let i = 0, p = 0; i < count; i++) {
    if (p + 46 > directory.length || directory.readUInt32LE(p) !== 0x02014b50)
      throw refuse('its list of files is damaged');
    const [name, extra, comment] = [28, 30, 32].map((q) => directory.readUInt16LE(p + q)) as [number, number, number];
    const isUnix = directory[p + 5] === 3;
    entries.push({
      path: directory.toString('utf8', p + 46, p + 46 + name),
      mode: isUnix ? directory.readUInt32LE(p + 38) >>> 16 : 0,
      method: directory.readUInt16LE(p + 10),
      packedBytes: directory.readUInt32LE(p + 20),
      bytes: directory.readUInt32LE(p + 24),
      offset: directory.readUInt32LE(p + 42),
    });
    p += 46 + name + extra + comment;
  }
  return entries;
}

async function readEntry(file: FileHandle, entry: ZipEntry, { refuse, fileBytes }: ArchiveRules): Promise<Buffer> {
  const { path, method, packedBytes, bytes, offset } = entry;
  const header = await readAt(file, offset, 30, refuse);
  const start = offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (packedBytes > fileBytes) throw refuse(`${path.slice(0, 80)} is too large`);
  const packed = await readAt(file, start, packedBytes, refuse);
  if (method === STORED && packedBytes === bytes) return packed;
  if (method !== DEFLATED) throw refuse(`${path.slice(0, 80)} is packed in a way that is not known`);
  // A file that unpacks to more than it says ends here, not in memory.
  const unpacked = await inflate(packed, { maxOutputLength: Math.max(1, bytes) }).catch(() => null);
  if (unpacked?.length !== bytes) throw refuse(`${path.slice(0, 80)} is damaged`);
  return unpacked;
}
