'use client';
import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../_trpc/client';
import { stateLooks } from '../../components/StateBadge';
import { useWizard } from '../draft-context';

/** Calculations that shall have ended well before this one begins: those that are under way can be chosen. */
export function StartAfter() {
  const trpc = useTRPC();
  const { draft, update } = useWizard();
  const { after } = draft.data;
  const { data } = useQuery(
    trpc.calculations.list.queryOptions({
      states: ['created', 'waiting', 'queued', 'running', 'paused'],
      limit: 100,
    }),
  );
  const open = data?.items ?? [];
  const options = open.map(({ id, label, state }) => ({ value: id, label: `${label} (${stateLooks[state].word})` }));
  const chosen = after.filter((id) => !open.some((one) => one.id === id));
  if (after.length === 0 && options.length === 0) return null;
  return (
    <MultiSelect
      label="Start after"
      description="It waits until these calculations have ended well. Where one does not, it pauses and says so."
      placeholder={after.length === 0 ? 'at once' : undefined}
      searchable
      clearable
      // One that has ended since is no longer in the list.
      data={[...options, ...chosen.map((id) => ({ value: id, label: `${id.slice(0, 8)} (ended)` }))]}
      value={after}
      onChange={(value) => update({ after: value })}
    />
  );
}
