import { router } from '../trpc';
import { comment } from './comment';
import { deleteProcedure } from './delete';
import { get } from './get';
import { neighbours } from './neighbours';
import { notes } from './notes';
import { planDeletion } from './plan-deletion';
import { query } from './query';
import { removeComment } from './remove-comment';
import { resultNode } from './result-node';
import { structureNode } from './structure-node';
import { tag } from './tag';
import { untag } from './untag';
import { walk } from './walk';

export const provenance = router({
  get,
  neighbours,
  walk,
  structureNode,
  resultNode,
  notes,
  tag,
  untag,
  comment,
  removeComment,
  query,
  planDeletion,
  delete: deleteProcedure,
});
