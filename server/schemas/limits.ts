import { z } from 'zod';

/** How many jobs may run at once; null: no limit but the room there is. */
export const jobsMaxSchema = z.number().int().min(1).max(10_000).nullable();
