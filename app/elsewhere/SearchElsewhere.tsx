'use client';
import { Button, NumberInput, TextInput } from '@mantine/core';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { idSchema } from '@/server/schemas/common';
import type { RemoteSearch } from '@/server/schemas/elsewhere';
import type { StructureDetail } from '@/server/schemas/structure';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import { counted } from '../format/number';
import { AnswerList } from './AnswerList';
import styles from './elsewhere.module.css';
import { FoundTable } from './FoundTable';
import { useAddress } from './use-address';

interface Props {
  /** What happens with a structure that a person takes; it is one of the project then. */
  onTaken: (structure: StructureDetail) => void;
  takeLabel: string;
}

const LOOK_AGAIN_MS = 700;
const isBusy = ({ answers, uncompared }: RemoteSearch) =>
  uncompared.waiting > 0 || answers.some(({ state }) => state === 'asking');

/** The box, how each server answered, and what all of them found. Which search it is stands in the address; it lives on the server. */
export function SearchElsewhere({ onTaken, takeLabel }: Props) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [read, change] = useAddress();
  const asked = idSchema.safeParse(read('search'));
  const id = asked.success ? asked.data : null;
  const search = useQuery({
    ...trpc.elsewhere.get.queryOptions({ id: id ?? '' }),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? LOOK_AGAIN_MS : false),
  });
  const start = useMutation(
    trpc.elsewhere.search.mutationOptions({
      onSuccess: async ({ id: begun }) => {
        change({ search: begun, entry: null });
        await queryClient.invalidateQueries(trpc.elsewhere.searches.pathFilter());
      },
    }),
  );
  const problem = start.error ?? (id === null ? null : search.error);
  return (
    <div className={styles.parts}>
      <SearchForm
        key={search.data?.id ?? 'none'}
        of={search.data ?? null}
        isPending={start.isPending}
        onSearch={(wanted) => start.mutate(wanted)}
      />
      {problem && (
        <Notice tone="bad" role="alert">
          {messageOf(problem)}
        </Notice>
      )}
      {id !== null && search.isPending && <p className="faint">The search is on its way.</p>}
      {id !== null && search.data && (
        <>
          <AnswerList search={search.data} />
          <Found search={search.data} onTaken={onTaken} takeLabel={takeLabel} />
        </>
      )}
    </div>
  );
}

interface Wanted {
  text: string;
  sitesMin: number | null;
  sitesMax: number | null;
}

function SearchForm({
  of,
  isPending,
  onSearch,
}: {
  of: RemoteSearch | null;
  isPending: boolean;
  onSearch: (wanted: Wanted) => void;
}) {
  const [text, setText] = useState(of?.text ?? '');
  const [sitesMin, setSitesMin] = useState<number | null>(of?.sitesMin ?? null);
  const [sitesMax, setSitesMax] = useState<number | null>(of?.sitesMax ?? null);
  const limits = { min: 1, max: 100_000, allowDecimal: false, hideControls: true, className: styles.limit } as const;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') onSearch({ text, sitesMin, sitesMax });
      }}
    >
      <TextInput
        className={styles.text}
        label="What to search for"
        placeholder="Fe2O3, Li-Fe-P-O, *TiO3, A2B or an OPTIMADE filter"
        leftSection={<IconSearch size={17} stroke={1.7} aria-hidden />}
        value={text}
        maxLength={2_000}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <NumberInput
        {...limits}
        label="Sites, from"
        value={sitesMin ?? ''}
        onChange={(value) => setSitesMin(typeof value === 'number' ? value : null)}
      />
      <NumberInput
        {...limits}
        label="Sites, to"
        value={sitesMax ?? ''}
        onChange={(value) => setSitesMax(typeof value === 'number' ? value : null)}
      />
      <Button type="submit" loading={isPending} disabled={text.trim() === ''}>
        Search
      </Button>
    </form>
  );
}

function Found({ search, ...props }: { search: RemoteSearch } & Props) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { id, answers, uncompared } = search;
  // Whenever a server has answered or more is compared, the table is read again.
  const reached = `${answers.map(({ found }) => found).join()} ${uncompared.waiting}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was reached is what it follows.
  useEffect(() => {
    void queryClient.invalidateQueries(trpc.elsewhere.found.pathFilter());
  }, [reached, queryClient, trpc]);
  const entries = answers.reduce((sum, { found }) => sum + found, 0);
  const asking = answers.filter(({ state }) => state === 'asking').length;
  const failed = answers.filter(({ state }) => state === 'failed').length;
  if (entries === 0)
    return (
      <p role="status" className="soft">
        {asking > 0
          ? `${counted(asking, 'server is', 'servers are')} being asked. What they find appears here.`
          : failed === answers.length
            ? 'No server answered. What each said stands above; ask them again, or see whether this platform reaches the internet.'
            : 'Nothing was found. Try fewer conditions, or elements (Na-Cl) in the place of a formula.'}
      </p>
    );
  return (
    <section aria-label="What was found" className={styles.parts}>
      <div className={styles.foundHead}>
        <p role="status" className="soft">
          {counted(entries, 'entry', 'entries')} so far
          {asking > 0 && `; ${counted(asking, 'server is', 'servers are')} being asked`}
          {uncompared.waiting > 0 && `; ${uncompared.waiting} are being compared`}
          {uncompared.skipped > 0 &&
            `; ${uncompared.skipped} would have taken too long to compare and stand for themselves`}
          .
        </p>
        <Button
          component="a"
          href={`/api/elsewhere/${id}/download`}
          download
          variant="default"
          size="compact-sm"
          leftSection={<IconDownload size={15} aria-hidden />}
        >
          Download all found
        </Button>
      </div>
      <FoundTable id={id} {...props} />
    </section>
  );
}
