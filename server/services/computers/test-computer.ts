import type { z } from 'zod';
import { ComputerError } from '@/server/computers/computer-error';
import { openShell } from '@/server/computers/open-shell';
import { type Findings, runTestSteps } from '@/server/computers/remote/test-steps';
import { hopName } from '@/server/computers/ssh/connect';
import { asJson, db } from '@/server/db/client';
import { env } from '@/server/env';
import {
  type ComputerSettings,
  type ComputerTest,
  computerSettingsSchema,
  type testComputerSchema,
} from '@/server/schemas/computers';
import type { Actor } from '../actor';
import { requireOwnComputer } from './require-computer';

/**
 * Tests a computer in steps and keeps how it went. Keys that the person accepted are pinned: from then on the computer is known
 * by them. A computer that fails its test is switched off only by the person: jobs there may run on.
 */
export async function testComputer(
  actor: Actor,
  { id, acceptHostKeys }: z.output<typeof testComputerSchema>,
): Promise<ComputerTest> {
  const row = await requireOwnComputer(actor, id);
  const settings = computerSettingsSchema.parse(row.settings);
  const hostKeys = { ...(row.hostKeys as Record<string, string>), ...pickKnown(settings, acceptHostKeys) };
  const findings = await examine(() => openShell({ id, settings, hostKeys, secret: row.secret }), settings);
  const shown = findings.fingerprint && hostOf(findings, settings);
  const test: ComputerTest = {
    isPassed: findings.steps.every(({ state }) => state === 'passed'),
    steps: findings.steps,
    hostKey: shown ? { host: shown, fingerprint: findings.fingerprint!, isChanged: findings.isKeyChanged } : null,
    testedAt: new Date(),
  };
  const programs = {
    ...(row.programs as object),
    ...(findings.backend ? { planewave: { backend: findings.backend } } : {}),
  };
  await db().computer.update({
    where: { id },
    data: { test: asJson(test), hostKeys: asJson(hostKeys), programs: asJson(programs) },
  });
  return test;
}

async function examine(open: () => ReturnType<typeof openShell>, settings: ComputerSettings): Promise<Findings> {
  let shell: ReturnType<typeof openShell> | null = null;
  try {
    shell = open();
    return await runTestSteps(shell, settings, env().kernelFile);
  } catch (err) {
    if (!(err instanceof ComputerError)) throw err;
    const { message, advice } = err;
    const step = { name: 'connect', title: 'Connect', state: 'failed', message, advice, seconds: 0 } as const;
    return { steps: [step], backend: null, fingerprint: null, isKeyChanged: false };
  } finally {
    shell?.close();
  }
}

const hopsOf = ({ transport }: ComputerSettings) =>
  transport.kind === 'ssh' ? [transport.jump, transport].flatMap((hop) => (hop ? [hopName(hop)] : [])) : [];

const pickKnown = (settings: ComputerSettings, keys: Record<string, string>) =>
  Object.fromEntries(Object.entries(keys).filter(([host]) => hopsOf(settings).includes(host)));

/** The sentence of the step begins with the host that showed the key. */
const hostOf = ({ steps }: Findings, settings: ComputerSettings) =>
  hopsOf(settings).find((host) =>
    steps.some(({ state, message }) => state === 'failed' && message.startsWith(`${host} `)),
  );
