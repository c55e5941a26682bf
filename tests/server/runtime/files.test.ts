import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { makeFolder, moveFile, removeFile } from '@/server/runtime/files/change-files';
import { readFileBytes, writeFileBytes } from '@/server/runtime/files/file-bytes';
import { listFolder } from '@/server/runtime/files/list-folder';

const data = mkdtempSync(join(tmpdir(), 'brine-files-'));
process.env.BRINE_DATA = data;
process.env.BRINE_NOTEBOOK_FILES_MB = '1';
afterAll(() => rmSync(data, { recursive: true, force: true }));

const ID = '018f0000-0000-7000-8000-000000000000';
const root = join(data, 'notebooks', ID);
const secret = join(data, 'secret.txt');
beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  writeFileSync(secret, 'secret');
  rmSync(join(data, 'outside'), { recursive: true, force: true });
  mkdirSync(join(data, 'outside'));
  writeFileSync(join(data, 'outside', 'kept'), 'kept');
});

const put = (path: string, text: string | Buffer, mark: string | null = null) =>
  writeFileBytes({ notebookId: ID, path, mark, bytes: Readable.from([Buffer.from(text)]) });
const get = async (path: string) => (await buffer((await readFileBytes(ID, path)).stream)).toString();
const names = async (path = '') => (await listFolder(ID, path)).entries.map(({ name }) => name);

test('files are written, listed, read, renamed, moved and deleted', async () => {
  await makeFolder(ID, 'runs');
  await put('runs/a.txt', 'one');
  await put('b.txt', '');
  expect(await names()).toEqual(['runs', 'b.txt']);
  await moveFile(ID, 'b.txt', 'runs/c.txt');
  expect(await names('runs')).toEqual(['a.txt', 'c.txt']);
  expect(await get('runs/a.txt')).toBe('one');
  expect(await get('runs/c.txt')).toBe('');
  await removeFile(ID, 'runs');
  expect(await names()).toEqual([]);
});

test('no path leads out of the folder', async () => {
  const paths = ['../secret.txt', 'a/../../secret.txt', '/etc/passwd', './secret.txt', 'a//b', '..', 'x\0y', '.'];
  for (const path of paths) {
    await expect(get(path), path).rejects.toMatchObject({ code: 'bad-input' });
    await expect(put(path, 'x'), path).rejects.toMatchObject({ code: 'bad-input' });
    await expect(removeFile(ID, path), path).rejects.toMatchObject({ code: 'bad-input' });
    await expect(listFolder(ID, path), path).rejects.toMatchObject({ code: 'bad-input' });
  }
  for (const path of ['', '..'])
    await expect(moveFile(ID, path, 'x'), path).rejects.toMatchObject({ code: 'bad-input' });
  expect(readFileSync(secret, 'utf8')).toBe('secret');
});

test('links are shown and never followed: not to read, write, list or delete', async () => {
  symlinkSync(secret, join(root, 'file'));
  symlinkSync(join(data, 'outside'), join(root, 'folder'));
  symlinkSync('nowhere', join(root, 'dangling'));
  const { entries } = await listFolder(ID, '');
  expect(entries.map(({ kind }) => kind)).toEqual(['other', 'other', 'other']);
  await expect(get('file')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(get('folder/kept')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(put('file', 'x')).rejects.toMatchObject({ code: 'conflict' });
  await expect(put('dangling', 'x')).rejects.toMatchObject({ code: 'conflict' });
  await expect(put('folder/new', 'x')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(makeFolder(ID, 'folder/new')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(listFolder(ID, 'folder')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(moveFile(ID, 'folder/kept', 'mine')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(removeFile(ID, 'folder/kept')).rejects.toMatchObject({ code: 'bad-input' });
  for (const name of ['file', 'folder', 'dangling']) await removeFile(ID, name);
  expect(readFileSync(secret, 'utf8')).toBe('secret');
  expect(readdirSync(join(data, 'outside'))).toEqual(['kept']);
});

test('deleting a folder with links in it deletes the links alone', async () => {
  mkdirSync(join(root, 'a/b'), { recursive: true });
  symlinkSync(join(data, 'outside'), join(root, 'a/b/link'));
  await removeFile(ID, 'a');
  expect(readdirSync(join(data, 'outside'))).toEqual(['kept']);
});

test('a folder that becomes a link again and again while it is used never leads out', async () => {
  mkdirSync(join(root, 'flip'));
  let isOn = true;
  const flipping = (async () => {
    while (isOn) {
      rmSync(join(root, 'flip'), { recursive: true, force: true });
      symlinkSync(join(data, 'outside'), join(root, 'flip'));
      await sleep(0);
      rmSync(join(root, 'flip'), { recursive: true, force: true });
      mkdirSync(join(root, 'flip'));
      await sleep(0);
    }
  })();
  for (let i = 0; i < 100; i++) {
    await put('flip/written', 'x').catch(() => undefined);
    await removeFile(ID, 'flip/kept').catch(() => undefined);
    await get('flip/kept').then(
      (text) => expect(text).not.toBe('kept'),
      () => undefined,
    );
  }
  isOn = false;
  await flipping;
  expect(readdirSync(join(data, 'outside'))).toEqual(['kept']);
});

test('a pipe makes nobody wait', async () => {
  execFileSync('mkfifo', [join(root, 'pipe')]);
  await expect(get('pipe')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(put('pipe', 'x')).rejects.toMatchObject({ code: 'conflict' });
  await removeFile(ID, 'pipe');
});

test('names that a cell gave may hold anything; new ones can be read', async () => {
  const hostile = ['a\nb', '<img src=x onerror=alert(1)>', '-rf', 'ü 🙂', '..x', '\u202Etxt'];
  for (const name of hostile) writeFileSync(join(root, name), name);
  expect((await names()).sort()).toEqual([...hostile].sort());
  for (const name of hostile) expect(await get(name)).toBe(name);
  await expect(put('c\nd', 'x')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(moveFile(ID, '-rf', 'c\rd')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(put('x'.repeat(256), 'x')).rejects.toMatchObject({ code: 'bad-input' });
  for (const name of hostile) await removeFile(ID, name);
});

test('an upload stays within what is allowed, also of several at once, and leaves nothing where it does not', async () => {
  const half = Buffer.alloc(600_000);
  const written = await Promise.allSettled([put('a', half), put('b', half)]);
  expect(written.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await names()).toHaveLength(1);
  // What it takes the place of makes room.
  await put((await names())[0]!, Buffer.alloc(900_000));
  expect(await listFolder(ID, '')).toMatchObject({ usedBytes: 900_000, allowedBytes: 1_000_000 });
});

test('what changed meanwhile is not overwritten', async () => {
  await put('a.txt', 'one', 'new');
  await expect(put('a.txt', 'two', 'new')).rejects.toMatchObject({ code: 'conflict' });
  const { mark } = await readFileBytes(ID, 'a.txt');
  writeFileSync(join(root, 'a.txt'), 'by a cell');
  await expect(put('a.txt', 'two', mark)).rejects.toMatchObject({ code: 'conflict' });
  const second = await put('a.txt', 'three', (await readFileBytes(ID, 'a.txt')).mark);
  await put('a.txt', 'four', second.mark);
  expect(await get('a.txt')).toBe('four');
  await expect(moveFile(ID, 'a.txt', 'a.txt')).rejects.toMatchObject({ code: 'conflict' });
});

test('a huge folder is listed in part, and the rest counted', async () => {
  for (let i = 0; i < 2_100; i++) writeFileSync(join(root, `${i}`), '');
  const { entries, leftOut } = await listFolder(ID, '');
  expect([entries.length, leftOut]).toEqual([2_000, 100]);
});
