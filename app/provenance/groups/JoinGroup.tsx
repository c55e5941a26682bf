'use client';
import { Autocomplete, Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC, useTRPCClient } from '../../_trpc/client';
import styles from '../notes.module.css';

interface Props {
  id: string;
  attempt: (act: Promise<unknown>, onDone?: () => void) => Promise<void>;
}

/** Puts a node into a group by its name; a name that there is not makes the group. */
export function JoinGroup({ id, attempt }: Props) {
  const trpc = useTRPC();
  const { groups } = useTRPCClient();
  const queryClient = useQueryClient();
  const { data: known = [] } = useQuery(trpc.groups.list.queryOptions());
  const [name, setName] = useState('');
  const wanted = name.trim();
  const found = known.find((group) => group.name === wanted);
  const join = async () => {
    const { id: groupId } = found ?? (await groups.create.mutate({ name: wanted }));
    await groups.add.mutate({ groupId, nodeIds: [id] });
    await queryClient.invalidateQueries(trpc.groups.pathFilter());
  };
  return (
    <form
      className={styles.line}
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted) void attempt(join(), () => setName(''));
      }}
    >
      <Autocomplete
        className={styles.field}
        label="Group"
        data={known.map((group) => group.name)}
        limit={20}
        value={name}
        maxLength={100}
        onChange={setName}
      />
      <Button type="submit" variant="default">
        {found || !wanted ? 'Put into it' : 'Make and put into it'}
      </Button>
    </form>
  );
}
