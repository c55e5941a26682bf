import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { siliconCalculation } from './crystals';
import { brine } from './platform';

const { dataFolder, origin } = inject('platform');
const run = promisify(execFile);
let folder: string;
let token: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brine-programs-'));
  const made = await brine(['token', 'create', 'a script', '--days', '1'], { dataFolder });
  expect(made.status).toBe(0);
  token = made.stdout.trim();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a Python script with the served client submits, waits and reads', async () => {
  const answer = await fetch(`${origin}/api/client.py`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  writeFileSync(join(folder, 'brine.py'), await answer.text());
  writeFileSync(join(folder, 'calculation.json'), JSON.stringify(siliconCalculation()));
  const script = `
import json
from brine import Brine, BrineError
brine = Brine()
calculation = brine.run(json.load(open("calculation.json")))
ended = brine.wait(calculation["id"], timeout=150, poll=0.3)
results = brine.results(calculation["id"])
listed = [one["id"] for one in brine.calculations(limit=2)]
try:
    brine.get("00000000-0000-4000-8000-000000000000")
    refused = None
except BrineError as error:
    refused = [error.code, error.status]
print(json.dumps({"state": ended["state"], "energy": results["scf"]["energyEv"], "isListed": calculation["id"] in listed, "refused": refused}))
`;
  const { stdout } = await run('python3', ['-c', script], {
    cwd: folder,
    env: { ...process.env, BRINE_URL: origin, BRINE_TOKEN: token },
  });
  expect(JSON.parse(stdout)).toEqual({
    state: 'finished',
    energy: expect.any(Number),
    isListed: true,
    refused: ['not-found', 404],
  });
});

test('without a token, or with a revoked one, the API is closed', async () => {
  expect((await fetch(`${origin}/api/v1/system/status`)).status).toBe(401);
  expect((await fetch(`${origin}/api/openapi.json`)).status).toBe(401);
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${origin}/api/v1/system/status`, { headers })).status).toBe(200);
  const listed = JSON.parse((await brine(['token', 'list', '--json'], { dataFolder })).stdout);
  const { id } = listed.find(({ name }: { name: string }) => name === 'a script');
  expect((await brine(['token', 'revoke', id], { dataFolder })).status).toBe(0);
  expect((await fetch(`${origin}/api/v1/system/status`, { headers })).status).toBe(401);
});

test('doctor finds nothing wrong here, and completion knows every command', async () => {
  const { status, stdout } = await brine(['doctor', '--json'], { dataFolder });
  expect(status).toBe(0);
  const findings = JSON.parse(stdout) as { what: string; state: string; found: string }[];
  expect(findings.find(({ what }) => what === 'platform')).toMatchObject({
    state: 'fine',
    found: expect.stringContaining(origin),
  });
  const { stdout: script } = await brine(['completion', 'bash'], { dataFolder });
  const { stdout: words } = await run('bash', [
    '-c',
    `${script}\nCOMP_WORDS=(brine fam); COMP_CWORD=1; _brine; echo "\${COMPREPLY[@]}"
COMP_WORDS=(brine family ""); COMP_CWORD=2; _brine; echo "\${COMPREPLY[@]}"`,
  ]);
  expect(words.split('\n')[0]).toBe('family');
  expect(words.split('\n')[1]!.split(' ')).toEqual(expect.arrayContaining(['install', 'list', 'remove', '--json']));
});
