import { z } from 'zod';
import type { DiskUse } from '@/server/schemas/calculation';
import { parseArguments, printJson } from '../arguments';
import { CliError } from '../cli-error';
import { connect } from '../client';
import type { Command } from '../command';
import { notesOf, readShown, toJson } from '../result';

export const show: Command = {
  summary: 'show a calculation with its inputs and results',
  usage: 'usage: brine show ID [--json]',
  async run(args) {
    const { values, positionals } = parseArguments(args, { json: { type: 'boolean', default: false } });
    const id = requireId(positionals, this.usage);
    const shown = await readShown(connect(), id);
    if (values.json) {
      printJson(toJson(shown));
      return 0;
    }
    const { calculation, results, history } = shown;
    const { label, state, failure, rerunOf, isReusable, waits, disk } = calculation;
    const lines = [`${label}`, `state     ${state}`, ...(failure ? [`failure   ${failure.message}`] : [])];
    if (rerunOf) lines.push(`rerun     of ${rerunOf.id}, from ${rerunOf.from}`);
    for (const { id: other, state: its } of waits) lines.push(`after     ${other} (${its})`);
    lines.push(`disk      ${diskWords(disk)}`);
    if (!isReusable) lines.push('reuse     never');
    if (results.scf?.energyEv != null) lines.push(`energy    ${results.scf.energyEv.toFixed(6)} eV`);
    const gap = results.properties.bands?.gap ?? results.scf?.gap;
    if (gap)
      lines.push(`gap       ${gap.kind === 'metal' ? 'none (metal)' : `${gap.gapEv.toFixed(3)} eV, ${gap.kind}`}`);
    for (const { process: name, message } of notesOf(history)) lines.push(`note      ${name}: ${message}`);
    process.stdout.write(`${lines.join('\n')}\n`);
    return 0;
  },
};

function diskWords({ resultBytes, scratchBytes, remoteBytes }: DiskUse): string {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  return [
    `${megabytes(resultBytes)} of results`,
    scratchBytes === null ? 'scratch not measured yet' : `${megabytes(scratchBytes)} of scratch here`,
    ...(remoteBytes === null ? [] : [`${megabytes(remoteBytes)} on other computers`]),
  ].join(', ');
}

export function requireId(positionals: string[], usage: string): string {
  if (positionals.length !== 1) throw new CliError(usage, 2);
  if (!z.uuid().safeParse(positionals[0]).success)
    throw new CliError(`${positionals[0]} is no id of a calculation.`, 2);
  return positionals[0]!;
}
