import { apps } from './apps';
import { espressoInputs } from './calculations/espresso-inputs';
import { events } from './calculations/events';
import { files } from './calculations/files';
import { get as getCalculation } from './calculations/get';
import { goOn } from './calculations/go-on';
import { history } from './calculations/history';
import { list as listCalculations } from './calculations/list';
import { log } from './calculations/log';
import { pause } from './calculations/pause';
import { rename } from './calculations/rename';
import { rerun } from './calculations/rerun';
import { resolve } from './calculations/resolve';
import { results } from './calculations/results';
import { run } from './calculations/run';
import { setPriority } from './calculations/set-priority';
import { setReuse } from './calculations/set-reuse';
import { stop } from './calculations/stop';
import { submit } from './calculations/submit';
import { codes } from './codes';
import { computers } from './computers';
import { datasets } from './datasets';
import { copyFromCalculation } from './drafts/copy-from-calculation';
import { create as createDraft } from './drafts/create';
import { discard } from './drafts/discard';
import { get as getDraft } from './drafts/get';
import { list as listDrafts } from './drafts/list';
import { update } from './drafts/update';
import { elsewhere } from './elsewhere';
import { notebooks } from './notebooks';
import { files as notebookFiles } from './notebooks/files';
import { versions as notebookVersions } from './notebooks/versions';
import { processes } from './processes';
import { limit as limitProject } from './projects/limit';
import { provenance } from './provenance';
import { groups } from './provenance/groups';
import { get as getFamily } from './pseudopotentials/get';
import { list as listFamilies } from './pseudopotentials/list';
import { remove as removeFamily } from './pseudopotentials/remove';
import { resultSets } from './result-sets';
import { savedQueries } from './saved-queries';
import { createFromExample } from './structures/create-from-example';
import { edit as editStructure } from './structures/edit';
import { examples } from './structures/examples';
import { exportProcedure } from './structures/export';
import { fromSmiles } from './structures/from-smiles';
import { get as getStructure } from './structures/get';
import { importProcedure } from './structures/import';
import { list as listStructures } from './structures/list';
import { toCell } from './structures/to-cell';
import { home } from './system/home';
import { status } from './system/status';
import { create as createToken } from './tokens/create';
import { lend as lendToken } from './tokens/lend';
import { list as listTokens } from './tokens/list';
import { renew as renewToken } from './tokens/renew';
import { revoke as revokeToken } from './tokens/revoke';
import { createCallerFactory, router } from './trpc';

export const appRouter = router({
  structures: router({
    import: importProcedure,
    get: getStructure,
    examples,
    createFromExample,
    fromSmiles,
    toCell,
    edit: editStructure,
    export: exportProcedure,
    list: listStructures,
  }),
  drafts: router({ create: createDraft, get: getDraft, list: listDrafts, update, discard, copyFromCalculation }),
  calculations: router({
    resolve,
    espressoInputs,
    submit,
    run,
    rerun,
    get: getCalculation,
    list: listCalculations,
    stop,
    pause,
    goOn,
    setPriority,
    setReuse,
    results,
    events,
    history,
    log,
    files,
    rename,
  }),
  computers,
  codes,
  datasets,
  elsewhere,
  savedQueries,
  resultSets,
  notebooks,
  apps,
  notebookFiles,
  notebookVersions,
  processes,
  projects: router({ limit: limitProject }),
  pseudopotentials: router({ list: listFamilies, get: getFamily, remove: removeFamily }),
  tokens: router({ create: createToken, lend: lendToken, renew: renewToken, list: listTokens, revoke: revokeToken }),
  provenance,
  groups,
  system: router({ status, home }),
});

export type AppRouter = typeof appRouter;

/** The router as plain functions: for server components and tests. */
export const createCaller = createCallerFactory(appRouter);
