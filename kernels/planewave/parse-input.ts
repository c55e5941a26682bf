import { KernelError } from '../core/errors';
import { planewaveInputSchema, type ResolvedPlanewaveInput } from './schema';

/** @throws KernelError input-invalid naming the first field that is wrong. */
export function parseInput(rawInput: unknown): ResolvedPlanewaveInput {
  const parsed = planewaveInputSchema.safeParse(rawInput);
  if (parsed.success) return parsed.data;
  const issue = firstIssue(parsed.error.issues[0]!);
  throw new KernelError(
    'input-invalid',
    `The input is not valid: ${issue.path.join('.') || 'input'}: ${issue.message}.`,
    { path: issue.path.join('.') },
  );
}

type Issue = { code?: string | undefined; path: PropertyKey[]; message: string; errors?: Issue[][] };

/** Of a field that may have several shapes, what is wrong with the shape that was meant: the one that fits furthest down. */
function firstIssue(issue: Issue): Issue {
  if (issue.code !== 'invalid_union' || !issue.errors) return issue;
  const candidates = issue.errors.map(([first]) => firstIssue(first!));
  const meant = candidates.reduce((best, next) => (next.path.length > best.path.length ? next : best));
  return { ...meant, path: [...issue.path, ...meant.path] };
}
