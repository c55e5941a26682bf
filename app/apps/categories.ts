import type { AppCategory } from '@/server/schemas/app/apps';

export const categoryWords: Record<AppCategory, string> = {
  structures: 'Structures',
  electrons: 'Electrons',
  mechanics: 'Mechanics',
  data: 'Data',
  teaching: 'Teaching',
  other: 'Other',
};
