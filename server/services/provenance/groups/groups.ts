import type { z } from 'zod';
import { db } from '@/server/db/client';
import { AppError, notFound } from '@/server/errors';
import type { changeGroupSchema, GraphItem, GroupEntry, GroupSummary } from '@/server/schemas/provenance';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';
import { loadItems, type ProjectScope } from '../items';
import { targetOf } from '../notes/target';

const GROUPS_MAX = 1_000;
const columns = { id: true, name: true, description: true, createdAt: true } as const;

export async function requireGroup(scope: ProjectScope, id: string): Promise<GroupSummary> {
  const group = await db().nodeGroup.findFirst({ where: { ...scope, id }, select: columns });
  if (!group) throw notFound('The group');
  return group;
}

export async function listGroups(actor: Actor): Promise<GroupEntry[]> {
  const scope = await projectScope(actor, 'read');
  const rows = await db().nodeGroup.findMany({
    where: scope,
    select: { ...columns, _count: { select: { members: true } } },
    orderBy: { name: 'asc' },
    take: GROUPS_MAX,
  });
  return rows.map(({ _count, ...group }) => ({ ...group, nodes: _count.members }));
}

export async function createGroup(
  actor: Actor,
  { name, description }: { name: string; description: string },
): Promise<GroupSummary> {
  const scope = await projectScope(actor, 'write');
  const [count, taken] = await Promise.all([
    db().nodeGroup.count({ where: scope }),
    db().nodeGroup.findUnique({ where: { projectId_name: { ...scope, name } } }),
  ]);
  if (taken) throw conflict(`There is a group ${name} already.`);
  if (count >= GROUPS_MAX) throw conflict(`A project has ${GROUPS_MAX} groups at most. Use tags instead.`);
  return db().nodeGroup.create({ data: { ...scope, name, description }, select: columns });
}

const conflict = (sentence: string) => new AppError('conflict', sentence);

/** Another name, another description. */
export async function changeGroup(
  actor: Actor,
  { groupId, name, description }: z.infer<typeof changeGroupSchema>,
): Promise<GroupSummary> {
  const scope = await projectScope(actor, 'write');
  await requireGroup(scope, groupId);
  const taken = name && (await db().nodeGroup.findFirst({ where: { ...scope, name, id: { not: groupId } } }));
  if (taken) throw conflict(`There is a group ${name} already.`);
  return db().nodeGroup.update({ where: { id: groupId }, data: { name, description }, select: columns });
}

/** The group goes; its nodes stay. */
export async function removeGroup(actor: Actor, { groupId }: { groupId: string }): Promise<void> {
  const scope = await projectScope(actor, 'write');
  await requireGroup(scope, groupId);
  await db().nodeGroup.delete({ where: { id: groupId } });
}

interface Page {
  groupId: string;
  cursor?: string | null | undefined;
  limit: number;
}

/** A group with one page of its nodes, in the order in which they came in. */
export async function getGroup(
  actor: Actor,
  { groupId, cursor, limit }: Page,
): Promise<GroupSummary & { items: GraphItem[]; nextCursor: string | null }> {
  const scope = await projectScope(actor, 'read');
  const group = await requireGroup(scope, groupId);
  const rows = await db().nodeGroupMember.findMany({
    where: { groupId, ...(cursor ? { id: { gt: cursor } } : {}) },
    orderBy: { id: 'asc' },
    take: limit + 1,
  });
  const shown = rows.slice(0, limit);
  return {
    ...group,
    items: await loadItems(
      scope,
      shown.map((row) => (row.dataNodeId ?? row.processId)!),
    ),
    nextCursor: rows.length > limit ? shown.at(-1)!.id : null,
  };
}

interface Members {
  groupId: string;
  nodeIds: string[];
}

/** Puts nodes into a group, in one statement; those that are there already stay as they are. */
export async function addToGroup(actor: Actor, { groupId, nodeIds }: Members): Promise<{ added: number }> {
  const scope = await projectScope(actor, 'write');
  await requireGroup(scope, groupId);
  const wanted = [...new Set(nodeIds)];
  const items = await loadItems(scope, wanted);
  if (items.length < wanted.length) throw notFound('One of the nodes');
  const data = items.map((item) => ({ groupId, ...targetOf(item) }));
  return { added: (await db().nodeGroupMember.createMany({ data, skipDuplicates: true })).count };
}

export async function takeFromGroup(actor: Actor, { groupId, nodeIds }: Members): Promise<{ taken: number }> {
  const scope = await projectScope(actor, 'write');
  await requireGroup(scope, groupId);
  const where = { groupId, OR: [{ dataNodeId: { in: nodeIds } }, { processId: { in: nodeIds } }] };
  return { taken: (await db().nodeGroupMember.deleteMany({ where })).count };
}
