import { router } from '../trpc';
import { get } from './get';
import { neighbours } from './neighbours';
import { structureNode } from './structure-node';
import { walk } from './walk';

export const provenance = router({ get, neighbours, walk, structureNode });
