import { router } from '../trpc';
import { add } from './add';
import { get } from './get';
import { limit } from './limit';
import { list } from './list';
import { remove } from './remove';
import { switchProcedure } from './switch';
import { test } from './test';
import { update } from './update';

export const computers = router({ list, get, add, update, test, switch: switchProcedure, limit, remove });
