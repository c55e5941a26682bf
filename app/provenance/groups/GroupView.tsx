'use client';
import { ActionIcon, Button, Textarea, TextInput } from '@mantine/core';
import { IconPencil, IconSearch, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { type GraphItem, titleOf } from '@/server/schemas/provenance';
import { messageOf, useTRPC } from '../../_trpc/client';
import { Ago } from '../../components/Ago';
import { ButtonLink } from '../../components/ButtonLink';
import { Empty } from '../../components/Empty';
import shared from '../../components/list-detail.module.css';
import { Notice } from '../../components/Notice';
import listStyles from '../../lists/lists.module.css';
import { Pager } from '../../lists/Pager';
import { NodeTitle } from '../NodeTitle';
import { quoted } from '../quoted';
import { DeleteGroup } from './DeleteGroup';
import styles from './groups.module.css';

/** A group with one page of its nodes. */
export function GroupView({ id, cursors }: { id: string; cursors: string[] }) {
  const trpc = useTRPC();
  const { data: group } = useSuspenseQuery(
    trpc.groups.get.queryOptions({ groupId: id, cursor: cursors.at(-1) ?? null }),
  );
  const [isEditing, setIsEditing] = useState(false);
  const address = (after: string[]) => `/groups?group=${id}${after.length > 0 ? `&after=${after.join(',')}` : ''}`;
  const { name, description, items, nextCursor } = group;
  return (
    <section aria-labelledby="group-name" className={styles.view}>
      <div className={shared.head}>
        <div>
          <h2 id="group-name" className={shared.title}>
            {name}
          </h2>
          {description && <p className={styles.description}>{description}</p>}
        </div>
        <div className={styles.tools}>
          <ButtonLink
            href={`/search?q=${encodeURIComponent(`group:${quoted(name)}`)}`}
            variant="default"
            leftSection={<IconSearch size={17} stroke={1.7} aria-hidden />}
          >
            Search in it
          </ButtonLink>
          <Button
            variant="default"
            leftSection={<IconPencil size={17} stroke={1.7} aria-hidden />}
            aria-expanded={isEditing}
            onClick={() => setIsEditing(!isEditing)}
          >
            Describe
          </Button>
          <DeleteGroup id={id} name={name} />
        </div>
      </div>
      {isEditing && <EditGroup {...{ id, name, description }} onDone={() => setIsEditing(false)} />}
      {items.length === 0 ? (
        <Empty title="It holds no nodes">Put values and processes into it on their pages.</Empty>
      ) : (
        <Members groupId={id} items={items} />
      )}
      <Pager
        newer={cursors.length > 0 ? address(cursors.slice(0, -1)) : null}
        older={nextCursor ? address([...cursors, nextCursor]) : null}
      />
    </section>
  );
}

function Members({ groupId, items }: { groupId: string; items: GraphItem[] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const take = useMutation(
    trpc.groups.take.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.groups.pathFilter()) }),
  );
  return (
    <>
      {take.error && (
        <Notice tone="bad" role="alert">
          {messageOf(take.error)}
        </Notice>
      )}
      <table className={listStyles.table}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Made</th>
            <th scope="col">
              <span className="visually-hidden">Take out</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td className={listStyles.label}>
                <Link href={`/nodes/${item.id}`} prefetch={false}>
                  <NodeTitle item={item} />
                </Link>
              </td>
              <td className={listStyles.minor}>
                <Ago at={item.createdAt} />
              </td>
              <td className={listStyles.action}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={32}
                  aria-label={`Take out of the group: ${titleOf(item)}`}
                  disabled={take.isPending}
                  onClick={() => take.mutate({ groupId, nodeIds: [item.id] })}
                >
                  <IconX size={17} aria-hidden />
                </ActionIcon>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

interface Edited {
  id: string;
  name: string;
  description: string;
  onDone: () => void;
}

function EditGroup({ id, name: nameBefore, description: before, onDone }: Edited) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState(nameBefore);
  const [description, setDescription] = useState(before);
  const change = useMutation(
    trpc.groups.change.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.groups.pathFilter());
        onDone();
      },
    }),
  );
  return (
    <form
      className={styles.edit}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) change.mutate({ groupId: id, name, description });
      }}
    >
      <TextInput
        label="Name"
        value={name}
        maxLength={100}
        error={change.error && messageOf(change.error)}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label="Description"
        autosize
        minRows={2}
        maxLength={2_000}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <Button type="submit" loading={change.isPending}>
        Save
      </Button>
    </form>
  );
}
