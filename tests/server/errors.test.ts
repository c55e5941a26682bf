import { expect, test } from 'vitest';
import { explain } from '@/server/engines/planewave/explain';
import { AppError, isDatabaseAway, toAppError } from '@/server/errors';

const withCode = (message: string, code: string) => Object.assign(new Error(message), { code });
const caused = (cause: Error) => new Error('Invalid `prisma.draft.create()` invocation', { cause });

test('a database that is away is told as such, not as a fault, and without the words of its driver', () => {
  const faults = [
    withCode("Can't reach database server", 'P1001'),
    withCode('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
    withCode('terminating connection due to administrator command', '57P01'),
    new Error("Raw query failed. Code: `N/A`. Message: `Can't reach database server at 127.0.0.1:5432`"),
    caused(new Error('Connection terminated unexpectedly')),
    caused(withCode('the database system is starting up', '57P03')),
  ];
  for (const fault of faults) {
    expect(isDatabaseAway(fault)).toBe(true);
    expect(toAppError(fault)).toMatchObject({
      code: 'unavailable',
      userMessage: expect.not.stringMatching(/prisma|\d{4}/),
    });
  }
});

test('a full disk is told as such, by the file system, the database or the program', () => {
  for (const fault of [withCode('write', 'ENOSPC'), caused(withCode('could not extend file', '53100'))])
    expect(toAppError(fault)).toMatchObject({ code: 'unavailable', userMessage: expect.stringContaining('disk') });
  expect(explain(1, 'Error: ENOSPC: no space left on device, write', 'scf').code).toBe('disk-full');
});

test('what nobody foresaw is internal, and an AppError stays what it is', () => {
  expect(toAppError(new TypeError('x is not a function'))).toMatchObject({ code: 'internal' });
  expect(isDatabaseAway(new Error('Unique constraint failed'))).toBe(false);
  const own = new AppError('not-found', 'x');
  expect(toAppError(own)).toBe(own);
});
