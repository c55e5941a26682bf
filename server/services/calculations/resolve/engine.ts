import { elementBySymbol, isElement } from '@/kernels/crystal/elements';
import type { Structure } from '@/kernels/crystal/schema';
import { InputError } from '@/server/engines/espresso/input/read-pw-input';
import { finalInput } from '@/server/engines/espresso/prepare';
import { hasHubbardCard, isAtLeast, parseVersion } from '@/server/engines/espresso/version';
import { isJobName, jobNamed, subjectOf } from '@/server/properties/job-of';
import type { DraftData } from '@/server/schemas/draft';
import type { Notice, Resolved, ResolvedElement } from '@/server/schemas/resolved';
import type { InstalledFamily } from '../../pseudopotentials/find-family';
import type { Machine } from './notices';

const noticeOf = (code: string, message: string, step: Notice['step'] = 'properties'): Notice => ({
  ...{ code, message, step },
  property: null,
});

/** The version whose input is shown where none is installed. */
export const LATEST_ESPRESSO = '7.4';

interface Chosen {
  draft: DraftData;
  structure: Structure | null;
  elements: ResolvedElement[];
  machine: Machine | null;
  installed: InstalledFamily | null;
}

/** What the chosen engine cannot do, and what it lacks. */
export function checkEngine({ draft, structure, elements, machine, installed }: Chosen): {
  blockers: Notice[];
  warnings: Notice[];
} {
  const blockers = draft.engine === 'planewave' ? checkPlanewave(draft) : checkEspresso(draft, elements, machine);
  const { magnetism, spinOrbit } = draft;
  if (structure && magnetism.moments && magnetism.moments.length !== structure.sites.length)
    blockers.push(
      noticeOf(
        'moments-count',
        `There are ${magnetism.moments.length} starting moments for ${structure.sites.length} atoms: each atom has one.`,
      ),
    );
  for (const [site, moment] of (structure ? (magnetism.moments ?? []) : []).entries()) {
    const element = structure?.sites[site]?.species[0]?.element;
    const valence = elements.find((entry) => entry.element === element)?.valenceElectrons;
    if (valence !== undefined && Math.abs(moment) > valence)
      blockers.push(
        noticeOf(
          'moment-impossible',
          `The starting moment ${moment} of site ${site + 1} (${element}) is more than its ${valence} valence electrons can give.`,
        ),
      );
  }
  const present = new Set(elements.map(({ element }) => element));
  for (const { element } of draft.hubbard)
    if (structure && !present.has(element))
      blockers.push(
        noticeOf('hubbard-element', `A Hubbard U was given for ${element}, which is not in the structure.`),
      );
  const warnings: Notice[] = [];
  if (installed && installed.functional !== draft.functional)
    warnings.push(
      noticeOf(
        'family-functional',
        `The family ${installed.name} was made for ${installed.functional}, and the calculation uses ${draft.functional}.`,
      ),
    );
  if (magnetism.kind === 'collinear' && magnetism.totalMagnetisation !== null && spinOrbit)
    warnings.push(
      noticeOf('moment-free', 'With spin-orbit coupling the moment of the cell cannot be fixed; it is free.'),
    );
  if (draft.engine === 'espresso' && spinOrbit)
    warnings.push(
      noticeOf(
        'spinors',
        'With spin-orbit coupling weights of orbitals, densities of states by orbital and the moments of single sites are not given.',
      ),
    );
  const isFixed = (draft.overrides.scheme ?? (draft.electronicType === 'insulator' ? 'fixed' : 'cold')) === 'fixed';
  if (draft.engine === 'espresso' && isFixed && magnetism.kind === 'collinear' && magnetism.totalMagnetisation === null)
    warnings.push(
      noticeOf(
        'moment-open',
        'pw.x fills bands without smearing only for a given moment of the cell. None is given: a Gaussian of 0.001 eV is used.',
      ),
    );
  if (draft.engine === 'espresso' && draft.dispersion === 'vdw-df2-c09')
    warnings.push(
      noticeOf(
        'kernel-table',
        'pw.x makes a table for vdW-DF2-C09 at the start of every job, which takes about a minute.',
      ),
    );
  return { blockers, warnings };
}

function checkPlanewave({ hubbard, spinOrbit, dispersion, pseudopotentialFamilyId }: DraftData): Notice[] {
  const lacks: [boolean, string][] = [
    [hubbard.length > 0, 'Hubbard U'],
    [spinOrbit, 'spin-orbit coupling'],
    [!['none', 'd3bj'].includes(dispersion), `the dispersion ${dispersion}`],
    [pseudopotentialFamilyId !== null, 'an installed family of pseudopotentials'],
  ];
  return lacks
    .filter(([isAsked]) => isAsked)
    .map(([, what]) =>
      noticeOf('engine-cannot', `The embedded engine does not know ${what}. Choose Quantum ESPRESSO.`),
    );
}

function checkEspresso(draft: DraftData, elements: ResolvedElement[], machine: Machine | null): Notice[] {
  const blockers: Notice[] = [];
  if (machine && !machine.espresso)
    blockers.push(
      noticeOf(
        'espresso-missing',
        `pw.x is not installed on ${machine.name}. On Debian: apt-get install quantum-espresso; it is found within half a minute. Or choose the embedded engine.`,
        'resources',
      ),
    );
  const version = parseVersion(machine?.espresso ?? LATEST_ESPRESSO);
  if (['d3', 'd3bj'].includes(draft.dispersion) && !isAtLeast(version, [6, 3]))
    blockers.push(noticeOf('dispersion-unknown', `pw.x ${version.text} does not know D3: it came with 6.3.`));
  for (const { element, manifold } of draft.hubbard)
    if (!hasHubbardCard(version) && isElement(element) && manifold[1] !== correlatedShell(element))
      blockers.push(
        noticeOf(
          'hubbard-manifold',
          `pw.x ${version.text} applies a Hubbard U of ${element} to its ${correlatedShell(element)} shell only; others can be chosen since 7.1.`,
        ),
      );
  if (draft.spinOrbit && draft.hubbard.length > 0 && !isAtLeast(version, [7, 3]))
    blockers.push(
      noticeOf(
        'hubbard-spinors',
        `pw.x ${version.text} applies this Hubbard U without spin-orbit coupling only; both together came with 7.3. Leave one of them out.`,
      ),
    );
  const without = elements.filter(({ file }) => !file?.hasSpinOrbit).map(({ element }) => element);
  if (draft.spinOrbit && without.length > 0)
    blockers.push(
      noticeOf(
        'no-spin-orbit',
        `The pseudopotentials of ${without.join(', ')} hold no spin-orbit coupling. Install and choose a fully relativistic family.`,
      ),
    );
  return blockers;
}

/** Inputs that a person changed, against what was made for the same task: what cannot be read or may not be changed. */
export function checkEdits(resolved: Resolved, structure: Structure, version: string): Notice[] {
  return Object.keys(resolved.espressoEdits).flatMap((jobName) => {
    if (!isJobName(jobName, resolved)) return [];
    try {
      const job = jobNamed(jobName, resolved);
      finalInput(job.task, { ...subjectOf(job, { structure, resolved }), version, jobName });
      return [];
    } catch (err) {
      if (!(err instanceof InputError)) throw err;
      return [noticeOf('bad-edit', `The input of ${jobName}: ${err.message}`, 'review')];
    }
  });
}

/** The shell to which pw.x before 7.1 applies a Hubbard U: it has a table by element. */
function correlatedShell(element: string): string {
  const { atomicNumber: z } = elementBySymbol(element);
  if (z === 1) return 's';
  if ((z >= 57 && z <= 71) || z >= 89) return 'f';
  const isTransition = (z >= 21 && z <= 31) || (z >= 39 && z <= 49) || (z >= 72 && z <= 80);
  return isTransition ? 'd' : 'p';
}
