import type { CalculationDetail, ProcessNode } from './calculation';
import { escapeHtml, type MediaBundle } from './display';

/** How far a calculation is: a bar of its jobs, what it does now, and for how long. */
export function progressBundle(calculation: CalculationDetail, url: string): MediaBundle & { 'text/plain': string } {
  const { label, state, startedAt, finishedAt, tree } = calculation;
  const jobs = tree ? jobsOf(tree) : [];
  const done = jobs.filter((job) => job.state === 'finished').length;
  const seconds = startedAt ? (Date.parse(finishedAt ?? new Date().toISOString()) - Date.parse(startedAt)) / 1000 : 0;
  const now = jobs.filter((job) => job.state === 'running').map(describe);
  const waiting = jobs.find((job) => job.queuePosition !== null);
  const doing = now.length > 0 ? now.join(', ') : waiting ? `waits, place ${waiting.queuePosition}` : state;
  const isEnded = state === 'finished' || state === 'failed' || state === 'killed';
  const text = `${label}: ${isEnded ? `${state} after ${seconds.toFixed(1)} s` : `${doing}, ${Math.round(seconds)} s`}`;
  const most = Math.max(1, jobs.length);
  const bar = isEnded ? '' : `<progress value="${done}" max="${most}" aria-label="Jobs that are done"></progress> `;
  return {
    'application/vnd.brine.progress+json': {
      value: done,
      max: most,
      label: text,
      href: new URL(url).pathname,
      isEnded,
    },
    'text/html': `<p>${bar}${escapeHtml(text)} <a href="${escapeHtml(url)}" target="_blank" rel="noopener">page</a></p>`,
    'text/plain': `${isEnded ? '' : `[${done}/${most}] `}${text} (${url})`,
  };
}

const describe = ({ title, phase }: ProcessNode) => (phase ? `${title} (${phase})` : title);

const jobsOf = (node: ProcessNode): ProcessNode[] => [
  ...(node.kind === 'job' ? [node] : []),
  ...node.children.flatMap(jobsOf),
];
