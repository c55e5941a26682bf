import { router } from '../../trpc';
import { add } from './add';
import { change } from './change';
import { create } from './create';
import { get } from './get';
import { list } from './list';
import { remove } from './remove';
import { take } from './take';

export const groups = router({ list, create, change, get, add, take, remove });
