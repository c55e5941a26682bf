import type { KnownProgram } from '@/server/schemas/computers';
import { commandLine } from '../shell/quote';
import { runChecked, type Shell } from '../shell/shell';

export interface FoundCode {
  program: KnownProgram;
  path: string;
  version: string;
  /** SHA-256 of the executable. */
  build: string;
}

/** The executable of a program, how it tells its version, and where in its words that stands. */
const executables: Record<KnownProgram, { names: string[]; ask: string[]; version: RegExp }> = {
  node: { names: ['node'], ask: ['--version'], version: /v(\d+\.\d+\.\d+)/ },
  espresso: { names: ['pw.x'], ask: ['-in', '/dev/null'], version: /Program PWSCF v\.?\s*(\S+)/ },
  xtb: { names: ['xtb'], ask: ['--version'], version: /xtb version (\S+)/ },
  cp2k: { names: ['cp2k.psmp', 'cp2k.popt', 'cp2k'], ask: ['--version'], version: /CP2K version (\S+)/ },
  abinit: { names: ['abinit'], ask: ['--version'], version: /^(\d+\.\S+)/m },
  lammps: { names: ['lmp', 'lmp_mpi', 'lammps'], ask: ['-help'], version: /Simulator - (\d+ \w+ \d+)/ },
  gpaw: { names: ['gpaw'], ask: ['--version'], version: /(\d+\.\d+\.\S+)/ },
  wannier90: { names: ['wannier90.x'], ask: ['--version'], version: /(\d+\.\d+\.\d+)/ },
};
const TIMEOUT_MS = 180_000;

/** Looks on the PATH, as jobs will have it, for the programs that are known. */
export async function findCodes(shell: Shell, setup: string): Promise<FoundCode[]> {
  const script = `
${setup}
folder=$(mktemp -d) && cd "$folder" || exit 1
limit=; command -v timeout > /dev/null && limit='timeout 20'
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMP_NUM_THREADS=1
look() {
  program=$1; name=$2; shift 2
  path=$(command -v "$name") || return 1
  case $path in /*) ;; *) return 1 ;; esac
  sum=$( (sha256sum "$path" || shasum -a 256 "$path") 2> /dev/null | cut -d' ' -f1)
  echo "found $program $path $sum"
  $limit "$path" "$@" < /dev/null 2>&1 | head -n 40 | sed 's/^/| /'
}
${Object.entries(executables)
  .map(([program, { names, ask }]) => names.map((name) => commandLine(['look', program, name, ...ask])).join(' || '))
  .join('\n')}
cd / && rm -rf -- "$folder"
exit 0`;
  return readFound((await runChecked(shell, script, [], { timeoutMs: TIMEOUT_MS })).toString('utf8'));
}

export function readFound(text: string): FoundCode[] {
  return text.split(/^(?=found )/m).flatMap((part) => {
    const [, program, path, build] = /^found (\S+) (\/.*) ([0-9a-f]{64})$/m.exec(part) ?? [];
    const version = program && executables[program as KnownProgram]?.version.exec(part.replace(/^\| /gm, ''))?.[1];
    return path && build && version ? [{ program: program as KnownProgram, path, version, build }] : [];
  });
}
