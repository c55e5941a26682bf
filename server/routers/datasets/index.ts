import { router } from '../trpc';
import { describe } from './describe';
import { entry } from './entry';
import { get } from './get';
import { hull } from './hull';
import { list } from './list';
import { making } from './making';
import { match } from './match';
import { remove } from './remove';
import { takeStructure } from './take-structure';

export const datasets = router({ list, get, describe, remove, match, entry, hull, making, takeStructure });
