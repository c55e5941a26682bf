import { router } from '../trpc';
import { addProvider } from './add-provider';
import { entry } from './entry';
import { found } from './found';
import { get } from './get';
import { goOn } from './go-on';
import { providers } from './providers';
import { remove } from './remove';
import { removeProvider } from './remove-provider';
import { search } from './search';
import { searches } from './searches';
import { switchProvider } from './switch-provider';
import { take } from './take';
import { testProvider } from './test-provider';

/** Databases of OPTIMADE that other servers have. */
export const elsewhere = router({
  ...{ providers, addProvider, switchProvider, removeProvider, testProvider },
  ...{ search, searches, get, goOn, remove, found, entry, take },
});
