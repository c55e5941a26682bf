import { z } from 'zod';

export const idSchema = z.uuid();
/** Control characters, halves of characters, and marks that turn the direction of the text around: no name needs them. */
const unprintable = /[\p{Cc}\p{Cs}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** A text as one line that can be stored and shown: line breaks become spaces, what cannot be printed goes. */
export const cleanLine = (text: string): string => text.replace(/[\t\r\n\u2028\u2029]+/g, ' ').replace(unprintable, '');

export const lineSchema = z.string().overwrite(cleanLine);
export const labelSchema = lineSchema.trim().min(1).max(200);
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
