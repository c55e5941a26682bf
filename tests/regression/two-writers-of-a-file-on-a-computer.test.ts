import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { LocalShell } from '@/server/computers/shell/local-shell';
import { putFile } from '@/server/computers/shell/shell';
import { until } from '../server/computers/cluster';

test('a script that a broken link left behind spoils no file that is written again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'brine-put-'));
  const path = join(folder, 'density');
  const [left, text] = [new PassThrough(), 'whole'.repeat(1000)];
  const first = putFile(new LocalShell(), path, left, text.length);
  left.write('who');
  await until(() => readdirSync(folder).length > 0, 'the first begins');
  await putFile(new LocalShell(), path, text, text.length);
  left.end('something else');
  await expect(first).rejects.toThrow('incomplete');
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(readdirSync(folder)).toEqual(['density']);
});
