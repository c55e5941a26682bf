/** Where the time of a run goes, by term. */
export type ProfileTerm = (typeof PROFILE_TERMS)[number];
export const PROFILE_TERMS = [
  'start-up',
  'pseudo-atoms',
  'first orbitals',
  'fft',
  'projectors',
  'matrix products',
  'eigenproblems',
  'orthonormalisation',
  'density',
  'exchange-correlation',
  'mixing',
] as const;

/** Seconds by term. */
export type Profile = Record<ProfileTerm, number>;

const seconds = Object.fromEntries(PROFILE_TERMS.map((term) => [term, 0])) as Profile;
let isMeasuring = false;

/**
 * Runs `work` and adds its time to a term of this thread. Of terms within one another the outermost counts, so that the terms
 * add up to no more than the whole: a product inside the orthonormalisation belongs to that. One thread works on one thing at a time.
 */
export function measure<Result>(term: ProfileTerm, work: () => Result): Result {
  if (isMeasuring) return work();
  isMeasuring = true;
  const began = performance.now();
  const end = () => {
    isMeasuring = false;
    addSeconds(term, (performance.now() - began) / 1000);
  };
  let isPending = false;
  try {
    const result = work();
    if (result instanceof Promise) {
      isPending = true;
      return result.finally(end) as Result;
    }
    return result;
  } finally {
    if (!isPending) end();
  }
}

export function addSeconds(term: ProfileTerm, more: number): void {
  seconds[term] += more;
}

/** What this thread has spent so far. */
export function readProfile(): Profile {
  return { ...seconds };
}

/** A table of seconds by term: this thread, and the sum over the computing threads where there are some. */
export function writeProfile(main: Profile, threads: readonly Profile[], totalSeconds: number): string {
  const sumOf = (profile: Profile) => PROFILE_TERMS.reduce((sum, term) => sum + profile[term], 0);
  const row = (name: string, values: readonly number[]) =>
    `${name.padEnd(22)}${values.map((value) => value.toFixed(3).padStart(12)).join('')}\n`;
  const heads = ['main thread', ...threads.map((_, i) => `thread ${i + 1}`)];
  return [
    `${'seconds in'.padEnd(22)}${heads.map((head) => head.padStart(12)).join('')}\n`,
    ...PROFILE_TERMS.map((term) =>
      row(
        term,
        [main, ...threads].map((profile) => profile[term]),
      ),
    ),
    row(
      threads.length ? 'other and waiting' : 'other',
      [main, ...threads].map((profile) => totalSeconds - sumOf(profile)),
    ),
    row('in all', [totalSeconds]),
  ].join('');
}
