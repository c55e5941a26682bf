import { Prisma } from '@/generated/prisma/client';

/**
 * Whether the folder of a job `p` of a calculation `c` may go by now, as was chosen with the calculation; those from before one could choose
 * said nothing, and theirs go after a day. SQL, so that what stays for ever is not looked at every hour.
 */
export const isDue = (
  now: Date,
) => Prisma.sql`CASE coalesce(c."inputs"->'draft'->'resources'->'scratch'->>'policy', 'days')
  WHEN 'days' THEN p."finishedAt" < ${now}::timestamptz
    - make_interval(days => coalesce((c."inputs"->'draft'->'resources'->'scratch'->>'days')::int, 1))
  WHEN 'until-success' THEN p."state" = 'finished'
  ELSE false END`;
