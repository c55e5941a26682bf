import type { EngineName } from '@/server/schemas/settings';
import type { Engine } from './engine';
import { espresso } from './espresso/engine';
import { planewave } from './planewave/engine';

export const engineByName = { planewave, espresso } satisfies Record<EngineName, Engine>;
