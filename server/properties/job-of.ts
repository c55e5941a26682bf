import type { Structure } from '@/kernels/crystal/schema';
import { deform } from '@/kernels/mechanics/deform';
import type { Derived, Resolved, ResolvedLayer } from '@/server/schemas/resolved';
import { densityJob } from './density-job';
import { chosenProperties, needsDensity, type PropertyId } from './ids';
import type { PropertyJob } from './property';
import { propertyById } from './registry';

export const jobsOfProperty = (id: PropertyId, { properties }: Resolved): PropertyJob[] =>
  propertyById(id).jobs(properties[id]!);

/** The jobs that a calculation will have, in the order in which they are shown. */
export function jobsOf(resolved: Resolved): PropertyJob[] {
  const chosen = chosenProperties(resolved.properties);
  const later = chosen.filter((id) => id !== 'relax').flatMap((id) => jobsOfProperty(id, resolved));
  return [
    ...(chosen.includes('relax') ? jobsOfProperty('relax', resolved) : []),
    ...(needsDensity(chosen) ? [densityJob, ...later] : []),
  ];
}

/** The job of a name: `scf`, or `<property>-<what>`. */
export function jobNamed(name: string, resolved: Resolved): PropertyJob {
  const job = jobsOf(resolved).find((one) => one.name === name);
  if (!job) throw new Error(`no task is known for job ${name}`);
  return job;
}

export const isJobName = (name: string, resolved: Resolved) => jobsOf(resolved).some((job) => job.name === name);

/** What a job computes: its structure where it is deformed, or a single layer of it, with a real-space grid of its own. */
export function subjectOf<Subject extends { structure: Structure; resolved: Resolved }>(
  { deformation, layer }: PropertyJob,
  subject: Subject,
): Subject {
  if (layer) return { ...subject, structure: layer.structure, resolved: ofLayer(subject.resolved, layer) };
  if (!deformation) return subject;
  const { fftGrid } = subject.resolved;
  const resolved = { ...subject.resolved, fftGrid: fftGrid?.overridden ? fftGrid : null };
  return { ...subject, structure: deform(subject.structure, deformation), resolved };
}

/** The numbers of a crystal's calculation for one of its layers; each of its atoms keeps its starting moment. */
function ofLayer(resolved: Resolved, { mesh, fftGrid, sites }: ResolvedLayer): Resolved {
  const { magnetism } = resolved;
  const ownNumbers = (value: [number, number, number]): Derived<[number, number, number]> => ({
    ...{ value, automatic: value, source: 'for the layer', overridden: false },
  });
  return {
    ...resolved,
    mesh: ownNumbers(mesh),
    shift: ownNumbers([0, 0, 0]),
    fftGrid: fftGrid && ownNumbers(fftGrid),
    magnetism: { ...magnetism, moments: magnetism.moments && sites.map((site) => magnetism.moments![site]!) },
  };
}
