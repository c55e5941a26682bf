import { z } from 'zod';

export const idSchema = z.uuid();
export const labelSchema = z.string().trim().min(1).max(200);
export const meshSchema = z.tuple([
  z.number().int().min(1).max(200),
  z.number().int().min(1).max(200),
  z.number().int().min(1).max(200),
]);
export const vectorSchema = z.tuple([z.number(), z.number(), z.number()]);

/** Lists are paged by key: `cursor` is the last id of the page before. */
export const pageInputSchema = z.object({
  cursor: idSchema.nullish(),
  limit: z.number().int().min(1).max(100).default(25),
});

/** One page of a list; `nextCursor` is null on the last. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}
