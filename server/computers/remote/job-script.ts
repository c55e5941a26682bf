import type { JobSpec } from '../job-spec';
import { commandLine, quote } from '../shell/quote';

export interface JobScript {
  folder: string;
  attempt: number;
  /** Lines for the scheduler. */
  header: string[];
  modules: string[];
  /** Shell of the person's own, for the computer and for the code. */
  prependTexts: string[];
  /** Put before the PATH. */
  pathFolders: string[];
  environment: JobSpec['environment'];
  command: string[];
  isNice: boolean;
}

/**
 * The script of an attempt. It claims it by an atomic mkdir, so a second copy ends at once; a job that Slurm itself put back into
 * its queue claims once for each such time. It writes its pid with boot and start time, and at its end, however that comes, the
 * exit code. It outlives SIGTERM, so as to write down how the program took it.
 */
export function makeJobScript(job: JobScript): string {
  const words = job.isNice ? ['nice', '-n', '10', ...job.command] : job.command;
  return `#!/bin/sh
${job.header.join('\n')}
attempt=${job.attempt}
cd ${quote(job.folder)} || exit 1
copy=$attempt
[ "\${SLURM_RESTART_COUNT:-0}" -gt 0 ] && copy=$attempt.$SLURM_RESTART_COUNT
mkdir "claim/$copy" 2> /dev/null || exit 0
rm -f rc
trap : TERM INT HUP
trap 'code=$?; echo "$attempt $code" > rc.tmp && mv rc.tmp rc' EXIT
[ -s "began-$attempt" ] || date +%s > "began-$attempt"
ticks=$(sed 's/^.*) //' /proc/$$/stat 2> /dev/null | cut -d' ' -f20)
echo "$attempt $$ $(cat /proc/sys/kernel/random/boot_id 2> /dev/null || echo -) \${ticks:--} \${SLURM_JOB_ID:--}" > pid.tmp && mv pid.tmp pid
exec 2>> stderr
${loadModules(job.modules)}
${job.prependTexts.join('\n')}
cd ${quote(job.folder)} || exit 1
${Object.entries(job.environment)
  .map(([name, value]) => `export ${name}=${quote(value)}`)
  .join('\n')}
${job.pathFolders.map((folder) => `export PATH=${quote(folder)}:"$PATH"`).join('\n')}
${commandLine(words)} >> stdout < /dev/null
`;
}

/**
 * The lines that load modules, each or nothing: with another version of a program than was meant, a job had better not run. The command
 * `module` is a function that login shells define.
 */
export const loadModules = (modules: string[]): string =>
  modules.length === 0 ? '' : `command -v module > /dev/null || . /etc/profile\n${modules.map(loadModule).join('\n')}`;

const loadModule = (name: string) =>
  `module load ${quote(name)} || { echo ${quote(`the module ${name} could not be loaded`)} >&2; exit 1; }`;
