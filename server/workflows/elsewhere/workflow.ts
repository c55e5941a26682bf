import { DBOS } from '@dbos-inc/dbos-sdk';
import { db } from '@/server/db/client';
import { askProvider } from '@/server/services/elsewhere/ask/ask-provider';
import { mergeFound } from '@/server/services/elsewhere/merge/merge-found';
import { REMOTE_ASK } from '@/server/services/elsewhere/searches';
import { named } from '../named';
import { step } from '../step';
import { leaveToOthers, workerState } from '../worker-state';

/** One page of one server; then what came is compared with what was there. Each server has a workflow of its own: none waits for another. */
export const remoteAskWorkflow = DBOS.registerWorkflow(async (answerId: string) => {
  await step('ask', async () => {
    const hasEnded = await askProvider(answerId, workerState().shutdown.signal);
    return hasEnded ? undefined : leaveToOthers();
  });
  await step('merge', async () => {
    const answer = await db().remoteAnswer.findUnique({ where: { id: answerId }, select: { searchId: true } });
    if (!answer) return;
    const hasEnded = await mergeFound(answer.searchId, workerState().shutdown.signal);
    return hasEnded ? undefined : leaveToOthers();
  });
}, named(REMOTE_ASK));
