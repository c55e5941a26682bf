import { parseArguments, printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';
import { readJobsMax } from './computer';

export const project: Command = {
  summary: 'show the project, or limit how many of its jobs run at once',
  usage: `usage: brine project show [--json]
       brine project limit JOBS|none [--json]

JOBS  how many of its jobs may run at once, on all computers together`,
  async run(args) {
    const { values, positionals } = parseArguments(args, { json: { type: 'boolean', default: false } });
    const [what, jobs, ...rest] = positionals;
    if (rest.length > 0 || (what !== 'limit' && (what !== 'show' || jobs))) throw new CliError(this.usage, 2);
    if (what === 'limit') await asking(connect().projects.limit.mutate({ jobsMax: readJobsMax(jobs, this.usage) }));
    const { project: found } = await asking(connect().system.status.query());
    if (values.json) printJson(found);
    else process.stdout.write(`${found.name}: ${limitWords(found.jobsMax)}\n`);
    return 0;
  },
};

const limitWords = (jobsMax: number | null) =>
  jobsMax === null ? 'no limit on its jobs' : `${jobsMax} ${jobsMax === 1 ? 'job' : 'jobs'} at a time`;
