import { totalmem } from 'node:os';
import { basename, dirname } from 'node:path';
import { findKernelspec, findKernelspecs, type Kernelspec } from '@/server/runtime/jupyter/kernelspecs';
import { isAllowed, type RanCell, type RanFile, runFile } from '@/server/runtime/run-file';
import { type NotebookFile, notebookFileSchema, writeNotebookFile } from '@/server/schemas/notebook/nbformat';
import { parseArguments, printJson, readUserFile, userPath, writeUserFile } from '../arguments';
import { CliError } from '../cli-error';
import { type Access, findPlatform } from '../client';
import type { Command } from '../command';
import { withLentToken } from '../lent-token';
import { notebookFiles, notebookFilesUsage } from './notebook-files';
import { notebookFolder, notebookFolderUsage } from './notebook-folder';
import { notebookVersions, notebookVersionsUsage } from './notebook-versions';

export const notebook: Command = {
  summary: 'list, make, bring in and take out notebooks; run a notebook file without a browser',
  usage: `usage: brine notebook run IN.ipynb [--output OUT.ipynb] [--kernel NAME] [--timeout SECONDS] [--allow-errors]
                          [--url ADDRESS --token TOKEN] [--json]
${notebookFilesUsage}
${notebookVersionsUsage}
${notebookFolderUsage}

run takes a file and needs no platform: it runs all code cells from top to bottom in a new kernel, in the folder of the file, and writes the notebook with what
came out. Ends with 1 where a cell ended in an error. The kernel is the one that the notebook names, or another of its
language: TypeScript is there always, Python where its kernel is installed.

  --allow-errors  goes on after a cell that ended in an error, and then ends with 0
  --timeout       stops a cell that runs longer than that
  --kernel        takes that kernel, whatever the notebook names
  --url, --token  the platform that the cells use; by default the one that runs in this folder, if it does. They get a
                  token of their own, which ends with the run`,
  async run(args) {
    const [name, ...rest] = args;
    const ofPlatform = Object.hasOwn(onPlatform, name ?? '') ? onPlatform[name!] : undefined;
    if (ofPlatform) return ofPlatform(rest, this.usage);
    const { values, positionals } = parseArguments(args, {
      output: { type: 'string' },
      kernel: { type: 'string' },
      timeout: { type: 'string' },
      url: { type: 'string' },
      token: { type: 'string' },
      'allow-errors': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    const [what, path] = positionals;
    if (what !== 'run' || !path || positionals.length !== 2) throw new CliError(this.usage, 2);
    const seconds = values.timeout === undefined ? null : Number(values.timeout);
    if (seconds !== null && !(seconds > 0 && seconds < 1e6))
      throw new CliError(`--timeout takes a number of seconds; ${values.timeout} is none.`, 2);
    const file = readNotebook(path);
    const spec = chooseKernel(file, values.kernel);
    const started = performance.now();
    const access = accessOf(values);
    const result = await run(file, path, {
      ...{ access, spec, allowErrors: values['allow-errors'], timeoutMs: seconds === null ? null : seconds * 1000 },
      onCell: sayError,
    });
    if (values.output) writeUserFile(values.output, writeNotebookFile(result.file));
    report(result, {
      spec,
      path,
      output: values.output,
      asJson: values.json,
      seconds: (performance.now() - started) / 1000,
    });
    return values['allow-errors'] || isFine(result) ? 0 : 1;
  },
};

const onPlatform: typeof notebookFiles = { ...notebookFiles, ...notebookVersions, ...notebookFolder };

function readNotebook(path: string): NotebookFile {
  let json: unknown;
  try {
    json = JSON.parse(readUserFile(path).toString('utf8'));
  } catch (err) {
    if (err instanceof CliError) throw err;
    throw new CliError(`${path} is no notebook: it does not hold JSON.`, 2);
  }
  const { data, error } = notebookFileSchema.safeParse(json);
  if (data) return data;
  const [issue] = error!.issues;
  throw new CliError(
    `${path} is no notebook of format 4: ${issue!.path.join('.') || 'the file'}: ${issue!.message}.`,
    2,
  );
}

function chooseKernel(file: NotebookFile, wanted: string | undefined): Kernelspec {
  const specs = findKernelspecs();
  const { name, language } = namedIn(file);
  const spec = wanted ? findKernelspec(wanted, undefined, specs) : findKernelspec(name ?? '', language, specs);
  if (spec) return spec;
  const there = specs.map((known) => `${known.name} (${known.displayName})`).join(', ');
  const asked = wanted ?? name ?? language;
  throw new CliError(
    asked
      ? `There is no kernel ${asked} on this machine; there is ${there}. ${language === 'python' || /python/.test(asked) ? 'Python’s comes with apt-get install python3-ipykernel on Debian.' : 'Choose one with --kernel.'}`
      : `The notebook names no kernel: choose one with --kernel. There is ${there}.`,
    2,
  );
}

function namedIn({ metadata }: NotebookFile): { name?: string; language?: string } {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const { kernelspec, language_info } = metadata as Record<string, Record<string, unknown> | undefined>;
  return {
    name: text(kernelspec?.['name']),
    language: text(kernelspec?.['language']) ?? text(language_info?.['name']),
  };
}

/** Ctrl-C ends the kernel too. */
async function run(
  file: NotebookFile,
  path: string,
  {
    access,
    ...options
  }: Pick<Parameters<typeof runFile>[1], 'spec' | 'allowErrors' | 'timeoutMs' | 'onCell'> & { access: Access | null },
): Promise<RanFile> {
  const abort = new AbortController();
  const stop = () => abort.abort(new CliError('Interrupted: nothing was written.'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  try {
    const folder = path === '-' ? userPath('.') : dirname(userPath(path));
    const limits = { memoryBytes: totalmem() };
    const runWith = (environment: Record<string, string>) =>
      runFile(file, { ...options, folder, environment, isHomeTemporary: true, limits, signal: abort.signal });
    return await (access ? withLentToken(access, labelOf(path), runWith) : runWith({}));
  } catch (err) {
    abort.signal.throwIfAborted();
    throw err;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
  }
}

/** The platform that cells use; null where none is named and none runs here. */
function accessOf({ url, token }: { url?: string | undefined; token?: string | undefined }): Access | null {
  if (url === undefined && token === undefined) return findPlatform();
  if (url === undefined || token === undefined) throw new CliError('Give --url and --token together.', 2);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new CliError(`--url takes the address of a platform, such as http://127.0.0.1:3000; ${url} is none.`, 2);
  return { origin: url.replace(/\/+$/, ''), token };
}

const labelOf = (path: string) => (path === '-' ? 'a notebook' : basename(path).slice(0, 80));

const isFine = ({ file, ran }: RanFile) =>
  ran.every(({ error, number }) => !error || isAllowed(file.cells[number - 1]!));

function sayError({ number, error }: RanCell): void {
  if (!error) return;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with one.
  const trace = error.trace.join('\n').replace(/\x1b\[[\d;]*m/g, '');
  process.stderr.write(
    `Cell ${number} ended in an error: ${error.name}: ${error.message}\n${trace ? `${trace}\n` : ''}`,
  );
}

function report(
  { ran, leftOut }: RanFile,
  {
    spec,
    path,
    output,
    asJson,
    seconds,
  }: { spec: Kernelspec; path: string; output?: string; asJson: boolean; seconds: number },
): void {
  if (asJson) {
    const kernel = { name: spec.name, language: spec.language };
    printJson({ input: path, output: output ?? null, kernel, seconds, ran, leftOut });
    return;
  }
  const cells = `${ran.length} of ${ran.length + leftOut} code cells ran in ${seconds.toFixed(1)} s with ${spec.displayName}`;
  process.stdout.write(`${cells}${output ? `: ${output}` : ''}\n`);
}
