import { router } from '../trpc';
import { curate } from './curate';
import { curation } from './curation';
import { describe } from './describe';
import { entry } from './entry';
import { get } from './get';
import { goOnImport } from './go-on-import';
import { hull } from './hull';
import { importFrom } from './import-from';
import { kin } from './kin';
import { list } from './list';
import { making } from './making';
import { match } from './match';
import { matchPattern } from './match-pattern';
import { rejections } from './rejections';
import { remove } from './remove';
import { stopImport } from './stop-import';
import { takeStructure } from './take-structure';

export const datasets = router({
  ...{ list, get, describe, remove, match, entry, hull, kin, making, matchPattern, takeStructure },
  ...{ importFrom, stopImport, goOnImport },
  ...{ curate, curation, rejections },
});
