/**
 * The program of a job of Quantum ESPRESSO, `espresso-job.mjs`: runs the steps of `job.json` one after another, tells the progress
 * of pw.x from its output, and starts it again where a failure is known to have a remedy. Needs Node alone.
 * Exit status: 0 done, 3 not converged (results are there), 75 stopped, 1 anything else; the reason is the last line of stderr.
 */
import { appendFileSync, copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Progress } from '@/kernels/core/kernel';
import { type PwChange, RESTARTS_MAX, type RestartHandler, restartHandlers } from '../../restart-handlers.data';
import { errorText, failureByCode, findFailure, findShortfall, type KnownFailure } from '../failures';
import { changeInput } from './change-input';
import { askToStop, noteStop, takeCheckpoint } from './checkpoint';
import type { JobFile, JobStep } from './job-file';
import { PwProgress } from './progress';
import { dueInput, finishedRuns, judgeRun, keepRun } from './relax-again';
import { runStep, type StepEnd } from './run-step';

const EXIT_NOT_CONVERGED = 3;
const EXIT_STOPPED = 75;

const began = performance.now();
const seconds = () => (performance.now() - began) / 1000;
const tell = (progress: Progress) => appendFileSync('progress.jsonl', `${JSON.stringify(progress)}\n`);
const stop = new AbortController();
/** Geometries are counted through all runs. */
let nextStep = 0;
/** The way back to the state that an earlier attempt left. */
const goOn: RestartHandler<PwChange> = {
  note: '',
  changes: [{ namelist: 'control', key: 'restart_mode', value: 'restart' }],
};

async function main(): Promise<number> {
  const job = JSON.parse(readFileSync('job.json', 'utf8')) as JobFile;
  // The programs are of the same process group and get the signal too: this one stays to write down how they ended.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const timings: Record<string, number> = {};
  const restarts: string[] = [];
  let status = 0;
  let isRelaxed = true;
  for (const step of job.steps) {
    const start = seconds();
    tell({ kind: 'phase', phase: step.phase });
    const failure = await runToTheEnd(job, step, restarts);
    timings[step.name] = Number((seconds() - start).toFixed(3));
    if (stop.signal.aborted) return EXIT_STOPPED;
    if (failure && !failure.isUnconverged) return report(failure);
    if (failure) status = report(failure);
    if (failure?.code === 'relaxation-not-converged') isRelaxed = false;
  }
  for (const pattern of job.remove) remove(pattern);
  writeFileSync('run.json', JSON.stringify({ timings, restarts, isRelaxed }));
  return status;
}

/** Runs a step, and the relaxation of a cell again until its stress is small with plane waves of the last cell. */
async function runToTheEnd(job: JobFile, step: JobStep, told: string[]): Promise<KnownFailure | null> {
  const freedom = step.program === 'pw.x' ? job.cellFreedom : null;
  if (!freedom) return runWithRemedies(job, step, told);
  writeFileSync(`${step.name}.in`, dueInput(readFileSync(`${step.name}.in`, 'utf8'), freedom));
  for (;;) {
    const failure = await runWithRemedies(job, step, told);
    if (failure || stop.signal.aborted) return failure;
    const read = (ending: string) => readFileSync(`${step.name}.${ending}`, 'utf8');
    const run = finishedRuns() + 1;
    const verdict = judgeRun({ input: read('in'), output: read('out') }, run, freedom);
    if (verdict.kind === 'done') return null;
    const stress = `${verdict.excessGpa.toFixed(2)} GPa`;
    if (verdict.kind === 'given-up') {
      const message = `With the plane waves of the last cell the stress is still ${stress} from the one asked for.`;
      return { ...failureByCode('relaxation-not-converged')!, message };
    }
    tell({
      kind: 'note',
      message: `With the plane waves of the new cell the stress is ${stress} from the one asked for: the relaxation begins again from there.`,
    });
    keepRun(run, step.name);
    writeFileSync(`${step.name}.in`, verdict.input);
  }
}

/** Runs a step; null where it did what it should. */
async function runWithRemedies(job: JobFile, step: JobStep, told: string[]): Promise<KnownFailure | null> {
  const tried = new Set<string>();
  const isMain = step.program === 'pw.x';
  // Of a path or a mesh the saved state and the density of the earlier job would lie in the same place.
  const canGoOn = isMain && (job.task === 'scf' || job.task === 'relax');
  let goesOn = takeCheckpoint(step) && canGoOn;
  let input = readFileSync(`${step.name}.in`, 'utf8');
  if (goesOn) {
    writeFileSync(`${step.name}.in`, changeInput(input, goOn));
    const note = 'The program goes on from the state that it saved when it was stopped; its steps are told from there.';
    told.push(note);
    tell({ kind: 'note', message: note });
  }
  for (;;) {
    const progress = isMain ? new PwProgress(job, seconds, nextStep) : null;
    const onLine = (line: string) => {
      for (const item of progress?.read(line) ?? []) tell(item);
    };
    const end = await runStep(step, { onLine, stop: stop.signal, askToStop: canGoOn ? askToStop : null });
    nextStep = progress?.nextStep ?? 0;
    if (stop.signal.aborted) {
      noteStop(step, canGoOn && end.signal === null && /JOB DONE\./.test(end.words));
      return null;
    }
    const failure = judge(end);
    if (failure && goesOn) {
      goesOn = false;
      told.pop();
      writeFileSync(`${step.name}.in`, input);
      tell({ kind: 'note', message: 'The saved state could not be used: the program starts anew.' });
      continue;
    }
    const handlers = (isMain && job.restarts && failure && restartHandlers.espresso[failure.code]) || [];
    const remedy = handlers.find(({ note }) => !tried.has(note));
    if (!failure || !remedy || tried.size >= RESTARTS_MAX) return failure;
    tried.add(remedy.note);
    told.push(remedy.note);
    tell({ kind: 'note', message: remedy.note, failure: failure.code });
    // Both the refused input and what it led to stay for the person.
    for (const ending of ['in', 'out']) copyFileSync(`${step.name}.${ending}`, `${step.name}-${tried.size}.${ending}`);
    input = changeInput(input, remedy);
    writeFileSync(`${step.name}.in`, input);
  }
}

/** What the exit status of pw.x tells where its words are far from the end of the output. */
const convergenceErrors: Record<number, string> = { 2: 'not-converged', 3: 'relaxation-not-converged' };

function judge({ exitCode, signal, words }: StepEnd): KnownFailure | null {
  const isDone = /JOB DONE\./.test(words);
  if (isDone && signal === null) {
    const shortfall = findShortfall(words) ?? failureByCode(convergenceErrors[exitCode ?? 0] ?? '');
    if (shortfall || exitCode === 0) return shortfall;
  }
  const found = findFailure(words, signal);
  if (found) return { ...found, message: withWords(found.message, words) };
  const message = withWords(`The program ended with ${signal ?? `exit code ${exitCode}`}.`, words);
  const advice = 'The log says more. Copying and submitting it again starts it anew.';
  return { code: 'program-failed', pattern: /$^/, message, advice };
}

function withWords(message: string, words: string): string {
  const said = errorText(words);
  return said ? `${message} It said: ${said}` : message;
}

function report({ code, message, isUnconverged }: KnownFailure): number {
  process.stderr.write(`${JSON.stringify({ code, message })}\n`);
  return isUnconverged ? EXIT_NOT_CONVERGED : 1;
}

function remove(pattern: string): void {
  const [folder, start] = pattern.split('/') as [string, string];
  const names = readdirSync(folder, { withFileTypes: true }).map(({ name }) => name);
  for (const name of names) if (name.startsWith(start)) rmSync(`${folder}/${name}`, { force: true });
}

process.exitCode = await main();
