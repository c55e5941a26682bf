import type { AppDetail } from '@/server/schemas/app/apps';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { declarationsOf, fileOf, requireApp, toSummary } from './app-row';

/** An app as it was published. */
export async function getApp(actor: Actor, { name }: { name: string }): Promise<AppDetail> {
  const row = await requireApp(await projectScope(actor, 'read'), name);
  const file = fileOf(row);
  return { ...toSummary(row, actor), inputs: declarationsOf(file).inputs, file };
}
