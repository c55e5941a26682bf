import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { env } from '@/server/env';
import { withoutLoss } from './ipykernel';

/** A kernel of Jupyter that can be started here. */
export interface Kernelspec {
  /** The name by which notebooks ask for it. */
  name: string;
  displayName: string;
  language: string;
  /** Program and arguments; `{connection_file}` and `{resource_dir}` stand for paths. */
  argv: string[];
  environment: Record<string, string>;
  /** How it wants to be interrupted: by a message on the control channel, or by SIGINT. */
  interruptMode: 'signal' | 'message';
  /** Sockets in a folder of ours, which no other user can open, where the kernel is known to do that; else loopback ports. */
  transport: 'ipc' | 'tcp';
  /** Code after which all that ran before it has been said, for a kernel that says it is idle too early; it ends in a message of the type `FENCE`. */
  fence: string | null;
  /** Code that gives a kernel which waited without a notebook these variables; null where a kernel cannot wait. */
  setEnvironment: ((variables: Record<string, string>) => string) | null;
  /** Address space that the kernel's program sets aside without using it: the limit on memory lets it. */
  reservedBytes: number;
  /** The folder of its kernel.json; null for the one that comes with the platform. */
  folder: string | null;
}

/** The message that a fence sends: nobody else sees it. */
export const FENCE = 'brine_fence';

const GIB = 1024 ** 3;

/** The kernel that comes with the platform first, then those installed, by name. Of two with one name the first found stays. */
export function findKernelspecs(folders = kernelFolders()): Kernelspec[] {
  const found = new Map<string, Kernelspec>();
  const deno = denoSpec();
  if (deno) found.set(deno.name, deno);
  for (const folder of folders)
    for (const name of listFolder(folder).sort()) {
      const spec = readKernelspec(name, join(folder, name));
      if (spec && !found.has(name)) found.set(name, spec);
    }
  return [...found.values()];
}

/** The kernel that a notebook asks for: by its name, else by its language, for names differ from machine to machine. */
export const findKernelspec = (name: string, language?: string, specs = findKernelspecs()): Kernelspec | null =>
  specs.find((spec) => spec.name === name) ?? specs.find((spec) => spec.language === language?.toLowerCase()) ?? null;

/** Where Jupyter looks, in its order: what JUPYTER_PATH names, the user's, the system's. */
function kernelFolders(): string[] {
  const shares = [
    ...env().jupyterPath,
    join(homedir(), '.local/share/jupyter'),
    '/usr/local/share/jupyter',
    '/usr/share/jupyter',
  ];
  return shares.map((share) => join(share, 'kernels'));
}

const kernelJson = z.object({
  argv: z.array(z.string().min(1)).min(1),
  display_name: z.string().min(1),
  language: z.string().min(1),
  interrupt_mode: z.enum(['signal', 'message']).default('signal'),
  env: z.record(z.string(), z.string()).default({}),
});

/** Null where there is none, or one that cannot be understood: it then does not hide the others. */
function readKernelspec(name: string, folder: string): Kernelspec | null {
  if (!/^[\w.-]+$/.test(name)) return null;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8'));
  } catch {
    return null;
  }
  const { data } = kernelJson.safeParse(json);
  if (!data) return null;
  const isIpykernel = data.argv.includes('ipykernel_launcher') || data.argv.includes('ipykernel');
  return {
    name,
    folder,
    displayName: data.display_name,
    language: data.language.toLowerCase(),
    argv: withoutLoss(data.argv),
    environment: data.env,
    interruptMode: data.interrupt_mode,
    transport: isIpykernel ? 'ipc' : 'tcp',
    fence: null,
    setEnvironment: isIpykernel
      ? (variables) => `__import__('os').environ.update(__import__('json').loads(${toPython(variables)}))`
      : null,
    reservedBytes: isIpykernel ? 0 : GIB,
  };
}

/** A value's JSON as a text of Python. In ASCII the two languages write texts alike. */
function toPython(value: unknown): string {
  const json = JSON.stringify(value).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return JSON.stringify(json);
}

function denoSpec(): Kernelspec | null {
  const program = denoProgram();
  if (!program) return null;
  return {
    name: 'deno',
    folder: null,
    displayName: 'TypeScript (Deno)',
    language: 'typescript',
    argv: [program, 'jupyter', '--kernel', '--conn', '{connection_file}'],
    environment: { DENO_NO_UPDATE_CHECK: '1', DENO_NO_PROMPT: '1' },
    interruptMode: 'message',
    // It binds TCP ports, whatever the connection file asks for.
    transport: 'tcp',
    // Output goes through a queue of its own, which neither its reply nor its word of being idle waits for.
    fence: `await Deno.jupyter.broadcast('${FENCE}', {})`,
    setEnvironment: (variables) =>
      `for (const [name, value] of Object.entries(${JSON.stringify(variables)})) Deno.env.set(name, value)`,
    // V8 reserves more than a gigabyte for code alone.
    reservedBytes: 2 * GIB,
  };
}

/** The package's own copy, or, where npm was told to run no scripts, the one in the package of this platform. */
function denoProgram(): string | null {
  const platforms = listFolder(resolve('node_modules/@deno')).map((name) => `node_modules/@deno/${name}/deno`);
  return ['node_modules/deno/deno', ...platforms].map((path) => resolve(path)).find((path) => existsSync(path)) ?? null;
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
