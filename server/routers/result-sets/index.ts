import { router } from '../trpc';
import { compare } from './compare';
import { freeze } from './freeze';
import { get } from './get';
import { list } from './list';
import { remove } from './remove';

export const resultSets = router({ list, get, freeze, compare, remove });
