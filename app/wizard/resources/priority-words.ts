import type { Priority } from '@/server/schemas/settings';

export const priorityWords = {
  low: { name: 'Low priority', text: 'After your other calculations.' },
  normal: { name: 'Normal priority', text: 'In turn with your other calculations.' },
  high: { name: 'High priority', text: 'Before your other calculations.' },
} as const satisfies Record<Priority, { name: string; text: string }>;
